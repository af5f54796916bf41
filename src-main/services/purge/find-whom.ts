import type { Person } from '../../contract/models/person.ts';
import { AppError } from '../../core/app-error.ts';
import { findSubjects } from '../investigation/find-subjects.ts';
import type { HistoryReads } from '../ports.ts';

/** More choices than anybody reads. */
const mostCandidates = 20;

const detailOf = ({ entra, scim }: Person): string =>
  [
    entra?.userPrincipalName ?? scim?.userName,
    entra ? null : 'only in UNIFI',
    entra?.deletedAt ? 'deleted in Entra' : null,
  ]
    .filter((text) => text)
    .join(', ');

/**
 * The one person whom `who` means, found as an investigation finds people; never a guess.
 *
 * Throws `selection-ambiguous` with everybody who fits, `input-invalid` for a group and for nobody, and the store's
 * failures.
 */
export const findWhom = async (store: HistoryReads, who: string): Promise<Person> => {
  const { people, groups } = await findSubjects(store, who);
  const [person] = people;
  if (person && people.length === 1 && groups.length === 0) return person;
  if (people.length > 0) {
    const found = [
      ...people.map((one) => ({ id: one.id, name: one.name, detail: detailOf(one) })),
      ...groups.map(({ id, name }) => ({ id, name, detail: 'a group, which cannot be purged' })),
    ];
    throw new AppError({
      code: 'selection-ambiguous',
      message: `"${who}" can mean ${found.length} people and groups. Nothing was changed.`,
      advice: 'Say which person with the id.',
      candidates: found.slice(0, mostCandidates),
    });
  }
  const reason = groups.length > 0 ? 'is a group' : 'is nobody of whom something is stored';
  throw new AppError({
    code: 'input-invalid',
    message: `"${who}" ${reason}. Nothing was changed.`,
    advice:
      groups.length > 0
        ? 'Name a person: only people are purged.'
        : 'Check the spelling; try the sign-in name or an id. Somebody who was purged before is not found any more.',
    fields: [{ field: 'who', reason }],
  });
};
