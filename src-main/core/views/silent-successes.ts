import type { Finding } from '../../contract/models/finding.ts';
import type { SilentSuccessRow } from '../../contract/models/named-view.ts';
import { writtenProperty, type WriteRow } from './written-properties.ts';

/** A disagreement of the newest cross-check, and what the log tells of the writes before it. */
export interface SilentSuccessCase {
  finding: Finding;
  /** Rows of the subject, newest first. */
  rows: readonly WriteRow[];
  /** When UNIFI says that the account was last changed; null when it does not say. */
  accountChangedAt: string | null;
  /** When UNIFI's list was read: later rows cannot be judged by it. */
  listReadAt: string;
}

const isFlag = (text: string | null, wanted: boolean): boolean => text?.toLowerCase() === String(wanted);
const shown = (value: Finding['expected']): string | null =>
  value === undefined || value === null ? null : String(value);
const named = (text: string | null): string => (text === null || text === '' ? 'nothing' : `"${text}"`);

/**
 * The newest write that should have settled the finding, if it ended in success. A later failure is no silence: it
 * says what is wrong. Rightly skipped rows are passed over, since they repeat that there is nothing to do.
 */
const newestSuccess = (
  { rows, listReadAt }: SilentSuccessCase,
  settles: (row: WriteRow) => boolean,
): WriteRow | null => {
  for (const row of rows) {
    if (Date.parse(row.at) >= Date.parse(listReadAt)) continue;
    if (settles(row)) return row;
    if (row.status === 'skipped' && row.benign) continue;
    if (row.status !== 'success') return null;
  }
  return null;
};

const isWrite = ({ status, action }: WriteRow): boolean =>
  status === 'success' && (action === 'create' || action === 'update');
/** Entra looked, and found both sides equal: an account must have been there. */
const foundEqual = ({ status, reason }: WriteRow): boolean => status === 'skipped' && reason === 'RedundantExport';

/** Somebody changed the account in UNIFI after Entra's write: then the write was no silence. */
const isChangedLater = ({ accountChangedAt }: SilentSuccessCase, row: WriteRow): boolean =>
  accountChangedAt !== null && Date.parse(accountChangedAt) > Date.parse(row.at);

/**
 * A success without effect (provisioning-semantics.md A11s and B10): the newest write of a person or group succeeded,
 * and UNIFI still shows the state that it should have changed. Null when the log does not say that it was written, or
 * when the account was changed in UNIFI afterwards.
 */
export const judgeSilentSuccess = (one: SilentSuccessCase): SilentSuccessRow | null => {
  const { finding } = one;
  const { subject, attribute } = finding;
  const build = (
    row: WriteRow | null,
    own: Pick<SilentSuccessRow, 'what' | 'sentence'> & Partial<SilentSuccessRow>,
  ): SilentSuccessRow | null =>
    row && {
      view: 'silent-success',
      id: `silent-success:${finding.id}`,
      subject,
      at: row.at,
      action: row.action,
      logId: row.id,
      attribute: null,
      written: null,
      actual: null,
      ...own,
    };
  switch (finding.kind) {
    case 'missing-in-target':
    case 'group-missing-in-target': {
      const thing = subject.type === 'user' ? 'account' : 'group';
      const row = newestSuccess(one, (write) => isWrite(write) || foundEqual(write));
      const told = row && foundEqual(row) ? 'found everything right' : 'was told of success';
      return build(row, {
        what: 'absent',
        sentence: `Entra ${told} when it last looked at ${subject.name}, and UNIFI has no such ${thing}.`,
      });
    }
    case 'attribute-drift': {
      const expected = shown(finding.expected);
      if (attribute === undefined || expected === null) return null;
      const row = newestSuccess(
        one,
        (write) => isWrite(write) && writtenProperty(write, attribute)?.newValue === expected,
      );
      const later = row && one.rows.find((other) => writtenProperty(other, attribute) !== null);
      // The newest write of the attribute decides: an older one with the present value was overwritten since.
      if (!row || later !== row || isChangedLater(one, row)) return null;
      const actual = shown(finding.actual);
      return build(row, {
        what: 'unchanged',
        attribute,
        written: expected,
        actual,
        sentence: `Entra wrote ${named(expected)} into ${attribute} of ${subject.name} with success, and UNIFI still has ${named(actual)}.`,
      });
    }
    case 'inactive-in-target': {
      const row = newestSuccess(
        one,
        (write) => isWrite(write) && isFlag(writtenProperty(write, 'active')?.newValue ?? null, true),
      );
      if (!row || isChangedLater(one, row)) return null;
      return build(row, {
        what: 'unchanged',
        attribute: 'active',
        written: 'true',
        actual: 'false',
        sentence: `Entra switched ${subject.name} on with success, and the account is still switched off.`,
      });
    }
    case 'active-not-entitled':
    case 'active-source-gone': {
      const row = newestSuccess(
        one,
        (write) =>
          write.status === 'success' &&
          (write.action === 'disable' ||
            write.action === 'delete' ||
            isFlag(writtenProperty(write, 'active')?.newValue ?? null, false)),
      );
      if (!row || isChangedLater(one, row)) return null;
      const isDelete = row.action === 'delete';
      return build(row, {
        what: isDelete ? 'still-there' : 'unchanged',
        attribute: isDelete ? null : 'active',
        written: isDelete ? null : 'false',
        actual: isDelete ? null : 'true',
        sentence: isDelete
          ? `Entra deleted the account of ${subject.name} with success, and UNIFI still has it, active.`
          : `Entra switched ${subject.name} off with success, and the account is still active.`,
      });
    }
    default:
      return null;
  }
};

/** Kinds of findings that a success without effect can lie behind. */
export const silentSuccessFindings = [
  'missing-in-target',
  'inactive-in-target',
  'active-not-entitled',
  'active-source-gone',
  'attribute-drift',
  'group-missing-in-target',
] as const;
