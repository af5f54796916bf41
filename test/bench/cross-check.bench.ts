import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { readLogRecord } from '../../src-main/core/log/read-log-record.ts';
import type { LogRecord } from '../../src-main/core/model/log.ts';
import { crossCheck } from '../../src-main/services/cross-check.ts';
import { linkAt, runDuckDb, writeCompanyCsv } from './support/cross-check-duckdb.ts';
import { createCompany, type Company } from './support/cross-check-rows.ts';
import { collectedAt, fillHistory } from './support/fill-history.ts';
import { note, printFigures, round, scale } from './support/measure.ts';

/*
 * The cross-check from the stored state, storing its findings included, against DuckDB loading the same rows from CSV
 * files and doing the joins that give the same findings. Each runs in a process of its own, so that the peak memory is
 * its own; both lists are compared.
 */

const people = Math.round(100_000 * scale);
const groups = Math.max(10, Math.round(2000 * scale));
const rounds = 3;

/** A success row as the log has it, from which the store learns a link. */
const linkRow = (sourceId: string, targetId: string, index: number): LogRecord => {
  const raw = {
    id: `row-${index}`,
    activityDateTime: linkAt,
    provisioningAction: 'create',
    provisioningStatusInfo: { status: 'success', errorInformation: null },
    sourceIdentity: { id: sourceId, identityType: 'User' },
    targetIdentity: { id: targetId, identityType: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' },
  };
  const record = readLogRecord(raw, JSON.stringify(raw));
  if (!record) throw new Error('the row of the benchmark is no log row');
  return record;
};

const fillStore = async (file: string, company: Company): Promise<void> => {
  const store = openSqliteHistory({ file });
  await fillHistory(store, company);
  const links = company.links.map(({ sourceId, targetId }, index) => linkRow(sourceId, targetId, index));
  for (let from = 0; from < links.length; from += 5000) await store.log.save(links.slice(from, from + 5000));
  await store.close();
};

const runOurs = async (file: string): Promise<{ ms: number; lines: string[] }> => {
  const store = openSqliteHistory({ file });
  const startedMs = performance.now();
  const { findings } = await crossCheck({
    store,
    clock: { now: () => new Date(collectedAt) },
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  const ms = performance.now() - startedMs;
  await store.close();
  const lines = findings.map(({ kind, subject, member, attribute: name }) =>
    [
      kind,
      subject.entraId ?? `scim:${subject.scimId ?? ''}`,
      member ? (member.entraId ?? `scim:${member.scimId ?? ''}`) : (name ?? ''),
    ]
      .join(' ')
      .trim(),
  );
  return { ms, lines: lines.sort() };
};

interface Measured {
  ms: number;
  peakMb: number;
  lines: string[];
}

const [, script = fileURLToPath(import.meta.url), part, directory = ''] = process.argv;

const measure = (name: 'ours' | 'duckdb', place: string): Measured => {
  execFileSync(process.execPath, [script, name, place], { stdio: ['ignore', 'ignore', 'inherit'] });
  return JSON.parse(readFileSync(join(place, `${name}.json`), 'utf8')) as Measured;
};

const fastest = (results: Measured[]): Measured => results.reduce((one, other) => (other.ms < one.ms ? other : one));

const main = async (): Promise<void> => {
  const place = mkdtempSync(join(tmpdir(), 'cross-check-bench-'));
  try {
    note(`making ${people} people and ${groups} groups`);
    const company = createCompany(people, groups);
    const memberships = company.members.reduce((sum, { userIds }) => sum + userIds.length, 0);
    await writeCompanyCsv(place, company);
    const ours: Measured[] = [];
    const theirs: Measured[] = [];
    for (let round_ = 0; round_ < rounds; round_ += 1) {
      // A fresh file each time: storing the first evaluation is the expensive one.
      const file = join(place, 'history.sqlite');
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      note(`round ${round_ + 1}: storing the collected state`);
      await fillStore(file, company);
      ours.push(measure('ours', place));
      theirs.push(measure('duckdb', place));
      note(`ours ${Math.round(ours.at(-1)?.ms ?? 0)} ms, DuckDB ${Math.round(theirs.at(-1)?.ms ?? 0)} ms`);
    }
    const best = fastest(ours);
    const peer = fastest(theirs);
    const ratio = best.ms / peer.ms;
    const peakMb = Math.max(...ours.map((result) => result.peakMb));
    const isSame = JSON.stringify(best.lines) === JSON.stringify(peer.lines);
    if (!isSame) {
      const both = new Set(peer.lines);
      const mine = new Set(best.lines);
      note(
        `only ours: ${best.lines
          .filter((line) => !both.has(line))
          .slice(0, 5)
          .join(' | ')}`,
      );
      note(
        `only DuckDB: ${peer.lines
          .filter((line) => !mine.has(line))
          .slice(0, 5)
          .join(' | ')}`,
      );
    }
    printFigures('cross-check', [
      { name: 'people', value: people, unit: 'people' },
      { name: 'memberships', value: memberships, unit: 'memberships' },
      { name: 'findings', value: best.lines.length, unit: 'findings' },
      { name: 'same findings as DuckDB', value: isSame ? 1 : 0, unit: 'yes', target: '1', met: isSame },
      { name: 'cross-check, storing included', value: round(best.ms), unit: 'ms' },
      { name: 'DuckDB, loading included', value: round(peer.ms), unit: 'ms' },
      { name: 'ratio to DuckDB', value: Math.round(ratio * 100) / 100, unit: 'times', target: '<= 2', met: ratio <= 2 },
      { name: 'peak memory', value: round(peakMb), unit: 'MB', target: '< 600', met: peakMb < 600 },
    ]);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};

if (part === 'ours' || part === 'duckdb') {
  const result = part === 'ours' ? await runOurs(join(directory, 'history.sqlite')) : await runDuckDb(directory);
  const measured: Measured = { ...result, peakMb: process.resourceUsage().maxRSS / 1024 };
  writeFileSync(join(directory, `${part}.json`), JSON.stringify(measured));
} else await main();
