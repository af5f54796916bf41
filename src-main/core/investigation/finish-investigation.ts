import type { Investigation } from '../../contract/models/investigation.ts';
import { actorWords } from './actor-words.ts';
import { writeTicket } from './write-ticket.ts';

/** Adds the ticket. `names`: further names that a redacted ticket must not show; those of the subject are known. */
export const finishInvestigation = (
  found: Omit<Investigation, 'ticket'>,
  options: { at: string; names: readonly string[] },
): Investigation => {
  const { subject, member } = found;
  const own = [
    subject.name,
    subject.userPrincipalName,
    subject.userName,
    subject.scimId,
    member?.name,
    member?.scimId,
  ].filter((name) => typeof name === 'string');
  const actor = actorWords[found.verdict.actor];
  return { ...found, ticket: writeTicket(found, { actor, at: options.at, names: [...own, ...options.names] }) };
};
