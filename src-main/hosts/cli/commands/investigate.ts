import type { Investigation, LiveLook, RuleOutcome } from '../../../contract/models/investigation.ts';
import { actorWords } from '../../../core/investigation/actor-words.ts';
import { clean, faint, line, strong, table, time } from '../print.ts';
import { pastState, type PastOptions } from '../past-state.ts';
import { runCommand } from '../session.ts';

export interface InvestigateOptions extends PastOptions {
  /** A member of the group that was named. */
  member?: string;
  /** Ask Entra and UNIFI for this person first. */
  live?: boolean;
  ticket?: boolean;
  redact?: boolean;
}

const outcomes: Record<RuleOutcome, string> = {
  cause: 'the cause',
  also: 'also so',
  'ruled-out': 'ruled out',
  note: 'noted',
  blind: 'not readable',
};

const print = (value: Investigation): void => {
  const { verdict, subject } = value;
  line(strong(clean(verdict.sentence)));
  if (value.candidates) {
    table(
      ['Name', 'Id', 'What tells them apart'],
      value.candidates.map(({ name, id, detail }) => [name, id, detail]),
    );
    if (value.live) printAges(value.live);
    return;
  }
  const cause = verdict.cause === null ? '' : `, cause ${verdict.cause}`;
  const asked = value.member ? `${value.member.name} in ${subject.name}` : subject.name;
  line(faint(`${clean(asked)}, ${clean(subject.id ?? 'unknown')} (${verdict.certainty}${cause})`));
  line(`Who acts: ${actorWords[verdict.actor]}.`);
  if (verdict.expectedBy) line(`Expected by ${time(verdict.expectedBy)}.`);
  verdict.steps.forEach((step, index) => line(`  ${index + 1}. ${clean(step)}`));
  if (value.path.length > 0) {
    line();
    line('What was looked at:');
    for (const { rule, title, outcome, evidence } of value.path) {
      line(`  ${rule.padEnd(5)}${title} ${strong(outcomes[outcome])}`);
      for (const { text } of evidence) line(faint(`       ${clean(text)}`));
    }
  }
  const differing = value.attributes.filter(({ agreement }) => agreement === 'different');
  if (differing.length > 0) {
    line();
    table(
      ['Attribute', 'Entra sends', 'UNIFI has', 'Note'],
      differing.map(({ attribute, expected, actual, note }) => [attribute, expected, actual, note]),
    );
  }
  if (value.unknown.length > 0) {
    line();
    line('What was not known:');
    for (const { reason } of value.unknown) line(`  ${clean(reason)}`);
  }
  if (value.live) printAges(value.live);
};

const printAges = ({ requests, ages }: LiveLook): void => {
  line();
  line(`How old everything is (${requests} requests just now):`);
  table(
    ['What', 'Read', 'Note'],
    ages.map(({ source, readAt, isLive, part, failure }) => [
      source,
      readAt === null ? 'never' : time(readAt),
      isLive ? 'just now, for this person' : [failure, part].filter((text) => text !== null).join(' '),
    ]),
  );
};

export const investigate = (who: string, options: InvestigateOptions): Promise<void> =>
  runCommand(options, async ({ api, on, callId }) => ({
    result: await api.investigate({
      ...on,
      ...(await pastState({ api, on }, options)),
      who,
      ...(options.member === undefined ? {} : { member: options.member }),
      ...(options.live === true ? { live: true, callId } : {}),
    }),
    print: (value: Investigation) => {
      if (!options.ticket) print(value);
      else
        for (const text of (options.redact ? value.ticket.redacted : value.ticket.text).split('\n')) line(clean(text));
    },
  }));
