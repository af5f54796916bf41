import type { Investigation, TicketText } from '../../contract/models/investigation.ts';

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

/** The verdict as text to paste into a ticket, as Markdown, and with names and ids masked. */
export const writeTicket = (
  found: Omit<Investigation, 'ticket'>,
  options: { actor: string; at: string; names: readonly string[] },
): TicketText => {
  const { subject, verdict, path, unknown } = found;
  const steps = verdict.steps.map((step, index) => `${index + 1}. ${step}`);
  const tried = path.map(({ title, outcome, evidence }) => {
    const seen = evidence.map(({ text }) => text).join(' ');
    return `- ${title} ${outcomes[outcome]}${seen ? `: ${seen}` : '.'}`;
  });
  const blind = unknown.map(({ reason }) => `- ${reason}`);
  const facts = [
    `Person: ${subject.name}`,
    ...(subject.userPrincipalName ? [`Sign-in name: ${subject.userPrincipalName}`] : []),
    ...(subject.entraId ? [`Entra object id: ${subject.entraId}`] : []),
    ...(subject.scimId ? [`UNIFI id: ${subject.scimId}`] : []),
    `As of: ${options.at}`,
    `Who acts: ${options.actor}`,
  ];
  const write = (heading: (text: string) => string, sentence: string): string =>
    [
      sentence,
      '',
      ...facts,
      ...(steps.length > 0 ? ['', heading('What to do'), ...steps] : []),
      ...(tried.length > 0 ? ['', heading('What was looked at'), ...tried] : []),
      ...(blind.length > 0 ? ['', heading('What was not known'), ...blind] : []),
    ].join('\n');
  const text = write((title) => `${title}:`, verdict.sentence);
  const listed = facts.map((fact) => fact.replaceAll(/([\\`*_<>[\]])/gu, '\\$1'));
  const markdown = [
    `**${verdict.sentence}**`,
    '',
    ...listed.map((fact) => `- ${fact}`),
    ...(steps.length > 0 ? ['', '### What to do', '', ...steps] : []),
    ...(tried.length > 0 ? ['', '### What was looked at', '', ...tried] : []),
    ...(blind.length > 0 ? ['', '### What was not known', '', ...blind] : []),
  ].join('\n');
  return { text, markdown, redacted: redact(text, options.names) };
};
