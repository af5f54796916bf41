import { expectedUserName, joinAccount, type JoinedAccount } from '../../core/investigation/join-account.ts';
import type { LiveAccount } from '../../core/investigation/overlay-live.ts';
import type { CaseInput } from '../../core/investigation/person-case.ts';
import type { DirectoryUser } from '../../core/model/directory.ts';
import type { TargetUser } from '../../core/model/target.ts';
import type { HistoryReads, ReadOptions, ScimDirectory } from '../ports.ts';
import type { LiveAttempts } from './live-attempts.ts';

/** More people with one user name than anybody has. */
const holdersRead = 5;
/** Further accounts of a person that the cross-check found; each is a request. */
const furtherRead = 2;

/** People of Entra, as collected, who are called as an account is. */
const peopleCalled = async (store: HistoryReads, userName: string | null, now: string): Promise<DirectoryUser[]> => {
  if (userName === null) return [];
  const people = await store.people.named(userName, holdersRead);
  const facts = await Promise.all(
    people.flatMap(({ entra }) =>
      entra ? [store.people.facts({ entraId: entra.id, scimId: null, applicationId: null, auditFrom: now })] : [],
    ),
  );
  return facts.flatMap(({ user }) => user ?? []);
};

/** The newest account that a row of the log names, else the one that the cross-check knew as linked. findings.md 1. */
const newestLink = (input: CaseInput, rows: CaseInput['rows']): { targetId: string; at: string } | null => {
  for (const { subject, at } of rows) if (subject.scimId !== null) return { targetId: subject.scimId, at };
  const { scim, joinedBy } = input.person;
  return scim && joinedBy === 'link' ? { targetId: scim.id, at: input.observedAt } : null;
};

/**
 * The account of a person: those with the user name that Entra looks for, the linked one, and those that were known,
 * ranked as the cross-check does. Undefined where nothing is proven; the attempts say why.
 *
 * @param asked `rows`: rows of the log, newest first, as soon as they are there
 * Throws `cancelled`, and the store's failures.
 */
export const lookAtAccount = async (
  scim: ScimDirectory,
  attempts: LiveAttempts,
  asked: {
    input: CaseInput;
    user: { user: DirectoryUser; isDeleted: boolean } | null;
    store: HistoryReads;
    rows(): Promise<CaseInput['rows']>;
    attributes: string[];
    now: string;
  },
): Promise<LiveAccount | undefined> => {
  const { input, user, store, rows, attributes, now } = asked;
  const known = input.facts.account?.id ?? input.person.scim?.id ?? null;
  const readOne = async (read: ReadOptions, id: string): Promise<TargetUser[]> => {
    const account = await scim.readUser({ ...read, id, attributes });
    return account ? [account] : [];
  };

  // Of an account that nobody in Entra has, it is asked whether it is still there.
  const isAlone = input.person.entra === null;
  const userName = isAlone
    ? (input.person.scim?.userName ?? null)
    : user && expectedUserName(input.schema, user.user, user.isDeleted);
  const named =
    userName === null
      ? null
      : await attempts.attempt('scim-users', (read) => scim.findUsers({ ...read, userName, attributes }));
  if (named === undefined) return undefined;
  const link = isAlone ? null : newestLink(input, await rows());
  const accounts = [...(named ?? [])];
  const several = input.findings.find(({ kind, subject }) => kind === 'duplicate-in-target' && subject.type === 'user');
  const wanted = [link?.targetId, known, ...(several?.related ?? []).slice(0, furtherRead).map(({ scimId }) => scimId)];
  const unread = new Set(wanted.flatMap((id) => (id && accounts.every((account) => account.id !== id) ? [id] : [])));
  for (const id of unread) {
    const found = await attempts.attempt('scim-users', (read) => readOne(read, id));
    if (!found) return undefined;
    accounts.push(...found);
  }
  const linked = accounts.find(({ id }) => id === link?.targetId);
  const others = linked && accounts.length > 1 ? await peopleCalled(store, linked.userName, now) : [];
  const joined: JoinedAccount = isAlone
    ? { account: accounts.find(({ id }) => id === known) ?? null, joinedBy: null, several: null }
    : joinAccount({ schema: input.schema, user, others, accounts, link });
  if (joined.account || named) return { ...joined, asked: [...accounts.map(({ id }) => id), ...unread] };
  attempts.refuse(
    'scim-users',
    userName === null
      ? 'UNIFI was not asked for an account by user name: that of this person is empty, or cannot be worked out here.'
      : 'UNIFI did not apply the filter by user name, so that a missing account proves nothing.',
  );
  return undefined;
};
