import type { Finding } from '../../../contract/models/finding.ts';
import { eraseJson } from '../../../core/purge/erase-json.ts';
import type { PersonState } from '../../../services/ports.ts';
import type { Withheld } from './withholding.ts';

/** States of everybody who was not purged; an account that went is nobody's. */
export const withholdPeople = (people: readonly PersonState[], from: Withheld): PersonState[] =>
  people.flatMap((person) => {
    const isAccountGone = from.knows(person.scimId);
    if (from.knows(person.entraId) || (person.entraId === null && isAccountGone)) return [];
    return [isAccountGone ? { ...person, scimId: null, joinedBy: null } : person];
  });

/** Findings that concern nobody who was purged, without what names them. */
export const withholdFindings = (findings: readonly Finding[], from: Withheld): Finding[] => {
  const isTheirs = (who: { entraId: string | null; scimId: string | null } | undefined): boolean =>
    who !== undefined && (from.knows(who.entraId) || from.knows(who.scimId));
  return findings
    .filter(({ subject, member }) => !(subject.type === 'user' && isTheirs(subject)) && !isTheirs(member))
    .map((finding) => {
      const json = JSON.stringify(finding);
      const kept = eraseJson(json, from.recognise);
      return kept === json ? finding : { ...(JSON.parse(kept) as Finding), id: finding.id };
    });
};
