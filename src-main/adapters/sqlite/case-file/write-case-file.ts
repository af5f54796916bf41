import Database from 'better-sqlite3';
import type { CaseManifest, CaseScope } from '../../../contract/models/case-file.ts';
import { redactClient, type Pseudonym } from '../../../core/redaction/redact-text.ts';
import { createVocabulary, foldForPseudonym } from '../../../core/redaction/vocabulary.ts';
import { migrate } from '../migrate.ts';
import { openDatabase } from '../open-database.ts';
import { runMomentSql } from '../run-moment.ts';
import { targetFailure, toStoreError } from '../sqlite-failure.ts';
import { readVocabulary } from '../people/read-vocabulary.ts';
import { createStatements } from '../statements.ts';
import { sumOfManifest } from './case-manifest.ts';
import { caseSchema } from './case-schema.ts';
import { copyHistory, sumTables } from './copy-history.ts';
import { createRedact } from './redact-row.ts';
import { mountPeriod } from './select-period.ts';
import { selectSubjects } from './select-subjects.ts';

export interface WriteCaseFile {
  /** The history that is read. */
  source: string;
  /** A file that does not exist yet. */
  target: string;
  /** What the target will be called when it is whole, for messages; else `target`. */
  place?: string;
  scope: CaseScope;
  redaction: { id: string; pseudonym: Pseudonym } | null;
  about: Pick<CaseManifest, 'version' | 'connection' | 'tenantId' | 'jobId' | 'writtenAt'>;
  progress(table: string, rows: number): void;
}

const collected = `SELECT max(${runMomentSql('r')}) AS at FROM runs r`;

/**
 * Builds a case file: rows are copied into an empty database, so that nothing that is not meant to be in it can be in
 * its free pages. Throws `input-invalid` for a person or finding that is not stored, `file-unwritable` for
 * the target, and the store's failures.
 */
export const writeCaseFile = (options: WriteCaseFile): CaseManifest => {
  const { scope, redaction, about, target: file } = options;
  const source = openDatabase({ file: options.source, readOnly: true });
  let target: Database.Database | undefined;
  try {
    target = new Database(file);
    // Nobody else sees it before it is finished; a file that was not finished is thrown away.
    target.pragma('journal_mode = OFF');
    target.pragma('synchronous = OFF');
    migrate(target, file);
    target.exec(caseSchema);
    // Nothing of the source is ever written to a disk: a disk that is full is the target's.
    source.pragma('temp_store = MEMORY');
    const from = createStatements(source);
    const to = createStatements(target);
    const work = (): CaseManifest => {
      // Of the whole history, also where only a part of it is copied: names of others stand in its sentences.
      const vocabulary = redaction === null ? null : createVocabulary(readVocabulary(from), about);
      const states = scope.what === 'period' ? mountPeriod(from, scope) : undefined;
      const redact =
        redaction === null || vocabulary === null ? null : createRedact(from, redaction.pseudonym, vocabulary);
      const ofSubjects = selectSubjects(from, scope);
      copyHistory(from, to, { ofPeriod: states !== undefined, ofSubjects, redact, progress: options.progress });
      const hideId = (id: string): string =>
        redaction === null ? id : redaction.pseudonym('id', foldForPseudonym(id));
      const { connection, tenantId } = redaction === null ? about : redactClient(about, redaction.pseudonym);
      const manifest: Omit<CaseManifest, 'sha256'> = {
        format: 1,
        version: about.version,
        connection,
        tenantId,
        jobId: about.jobId === null ? null : hideId(about.jobId),
        writtenAt: about.writtenAt,
        collectedAt: from.get<[], { at: string | null }>(collected).get()?.at ?? null,
        scope: 'id' in scope ? { ...scope, id: hideId(scope.id.replace(/^scim:/u, '')) } : scope,
        ...(states === undefined ? {} : { states }),
        redacted: redaction !== null,
        redactionKeyId: redaction?.id ?? null,
        tables: sumTables(to),
      };
      const whole = { ...manifest, sha256: sumOfManifest(manifest) };
      to.get<[string]>('INSERT INTO case_manifest (id, json) VALUES (1, ?)').run(JSON.stringify(whole));
      return whole;
    };
    // One moment of the source, and one write of the target.
    source.exec('BEGIN');
    return target.transaction(work).immediate();
  } catch (error) {
    throw targetFailure(error, options.place ?? file) ?? toStoreError(error, options.source);
  } finally {
    target?.close();
    source.close();
  }
};
