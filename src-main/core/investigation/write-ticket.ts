import type { Investigation, TicketText } from '../../contract/models/investigation.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';

const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/giu;
const address = /[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+\.[^\s@"'<>(),;:.]+/gu;

/** Replaces names, addresses and ids by marks: the same text always gets the same mark within one ticket. */
const redact = (text: string, names: readonly string[]): string => {
  const marks = new Map<string, string>();
  const counts = new Map<string, number>();
  const mark =
    (word: string) =>
    (found: string): string => {
      const key = found.toLowerCase();
      const known = marks.get(key);
      if (known) return known;
      const number = (counts.get(word) ?? 0) + 1;
      counts.set(word, number);
      const made = `[${word} ${number}]`;
      marks.set(key, made);
      return made;
    };
  let result = text.replace(guid, mark('id')).replace(address, mark('address'));
  const known = [...new Set(names.filter((name) => name.trim().length > 1))].sort((a, b) => b.length - a.length);
  for (const name of known) result = result.replaceAll(name, mark('name'));
  return result.replace(/"[^"\n]+"/gu, mark('text'));
};

const outcomes = {
  cause: 'the cause',
  also: 'also so',
  'ruled-out': 'ruled out',
  note: 'noted',
  blind: 'could not be looked at',
};

/** What Markdown would take for formatting stays the text it is: names come from whoever typed them. */
const plain = (text: string): string => text.replaceAll(/([\\`*_<>[\]()#|~])/gu, '\\$1');

/** A name with a line end in it must not begin a line of its own. */
const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** `24 November 2026 at 20:00 UTC`: a ticket may be read in another year. */
const moment = (at: string): string => {
  const ms = timeOf(at);
  return ms === null ? at : describeMoment(ms, 0);
};

/** The verdict as text to paste into a ticket, as Markdown, and with names and ids masked. */
export const writeTicket = (
  found: Omit<Investigation, 'ticket'>,
  options: { actor: string; at: string; names: readonly string[] },
): TicketText => {
  const { subject, member, verdict, path, unknown } = found;
  const sentence = oneLine(verdict.sentence);
  const steps = verdict.steps.map(oneLine);
  const tried = path.map(({ title, outcome, evidence }) => {
    const seen = evidence.map(({ text }) => oneLine(text)).join(' ');
    return `${title} ${outcomes[outcome]}${seen ? `: ${seen}` : '.'}`;
  });
  const blind = unknown.map(({ reason }) => oneLine(reason));
  const facts = [
    `${subject.type === 'group' ? 'Group' : 'Person'}: ${subject.name}`,
    ...(member ? [`Member: ${member.name}`] : []),
    ...(subject.userPrincipalName ? [`Sign-in name: ${subject.userPrincipalName}`] : []),
    ...(subject.entraId ? [`Entra object id: ${subject.entraId}`] : []),
    ...(subject.scimId ? [`UNIFI id: ${subject.scimId}`] : []),
    ...(member?.entraId ? [`Entra object id of the member: ${member.entraId}`] : []),
    ...(member?.scimId ? [`UNIFI id of the member: ${member.scimId}`] : []),
    ...(verdict.cause === null ? [] : [`Cause: ${verdict.cause}`]),
    `As of: ${moment(options.at)}`,
    `Who acts: ${options.actor}`,
    ...(verdict.expectedBy ? [`Expected by: ${moment(verdict.expectedBy)}`] : []),
  ].map(oneLine);
  const sections = [
    { title: 'What to do', lines: steps, isNumbered: true },
    { title: 'What was looked at', lines: tried, isNumbered: false },
    { title: 'What was not known', lines: blind, isNumbered: false },
  ].filter(({ lines }) => lines.length > 0);
  const text = [
    sentence,
    '',
    ...facts,
    ...sections.flatMap(({ title, lines, isNumbered }) => [
      '',
      `${title}:`,
      ...lines.map((line, index) => (isNumbered ? `${index + 1}. ${line}` : `- ${line}`)),
    ]),
  ].join('\n');
  const markdown = [
    `**${plain(sentence)}**`,
    '',
    ...facts.map((fact) => `- ${plain(fact)}`),
    ...sections.flatMap(({ title, lines, isNumbered }) => [
      '',
      `### ${title}`,
      '',
      ...lines.map((line, index) => `${isNumbered ? `${index + 1}.` : '-'} ${plain(line)}`),
    ]),
  ].join('\n');
  return { text, markdown, redacted: redact(text, options.names) };
};
