import { severities, type CheckResult, type Finding, type Severity } from '../../../contract/models/finding.ts';
import { exitCodeOfSources } from '../exit-codes.ts';
import { clean, count, faint, line, strong, table, time } from '../print.ts';
import { signInFirst } from '../sign-in-first.ts';
import { pastState, type PastOptions } from '../past-state.ts';
import { runCommand } from '../session.ts';
import { printAdvice } from './collect.ts';

export interface CheckOptions extends PastOptions {
  offline?: boolean;
  failOn?: string;
}

const rank = (severity: Severity): number => severities.indexOf(severity);

/** Open before pending before resolved, worst first, longest first. */
const worstFirst = (one: Finding, other: Finding): number => {
  const order = ['open', 'pending', 'resolved'];
  return (
    order.indexOf(one.state) - order.indexOf(other.state) ||
    rank(one.severity) - rank(other.severity) ||
    one.firstSeen.localeCompare(other.firstSeen) ||
    one.subject.name.localeCompare(other.subject.name)
  );
};

const shown = (value: string | boolean | null | undefined): string =>
  value === null || value === undefined ? 'nothing' : `"${clean(String(value))}"`;

const printFinding = (finding: Finding): void => {
  const member = finding.member ? `, member ${clean(finding.member.name)}` : '';
  const state =
    finding.state === 'pending' && finding.expectedBy ? `pending until ${time(finding.expectedBy)}` : finding.state;
  const verified = finding.verified ? '' : ', not verified this time';
  const facts = faint(`${finding.severity}, ${state}${verified}`);
  line(`${strong(clean(finding.subject.name) + member)}  ${finding.kind}  ${facts}`);
  if (finding.attribute) {
    line(`  ${clean(finding.attribute)}: expected ${shown(finding.expected)}, UNIFI has ${shown(finding.actual)}`);
  }
  line(`  ${clean(finding.advice)}`);
};

/** What was not evaluated, with how many subjects or values it concerns. */
const nameOf = ({ kind, attribute, source, count: number }: CheckResult['notEvaluated'][number]): string => {
  const what = attribute ?? kind ?? source ?? 'rows';
  return number > 0 ? `${clean(what)} (${count(number)})` : clean(what);
};

/** Findings by kind, the worst ten explained, and what was not evaluated. */
export const printCheck = (value: CheckResult): void => {
  const { byState, byKind } = value.summary;
  const incomplete = value.sources.filter((source) => source.status === 'partial' || source.status === 'failed');
  // No finding and nothing to go by must not look like no finding.
  const asFar = incomplete.length > 0 ? ', as far as could be checked' : '';
  line(
    strong(
      `${count(byState.open)} open findings, ${count(byState.pending)} pending, ${count(byState.resolved)} resolved by this run${asFar}`,
    ),
  );
  const kinds = Object.entries(byKind).sort((one, other) => other[1] - one[1]);
  if (kinds.length > 0)
    table(
      ['Kind', 'Findings'],
      kinds.map(([kind, number]) => [kind, count(number)]),
    );
  const worst = value.findings
    .filter((finding) => finding.state !== 'resolved')
    .sort(worstFirst)
    .slice(0, 10);
  if (worst.length > 0) {
    line();
    line(`The worst ${worst.length} of ${count(byState.open + byState.pending)}:`);
    for (const finding of worst) printFinding(finding);
  }
  if (value.notEvaluated.length > 0) {
    line();
    line('Not evaluated:');
    const byReason = Map.groupBy(value.notEvaluated, (entry) => clean(entry.reason));
    for (const [reason, entries] of byReason) line(`  ${reason}: ${entries.map(nameOf).join(', ')}`);
  }
  if (incomplete.length > 0) {
    line();
    line('Not read completely; nothing is concluded from what is missing there:');
    for (const source of incomplete) {
      line(`  ${source.source} (${source.status}): ${clean(source.failure?.message ?? 'no reason given')}`);
    }
    printAdvice(incomplete);
  }
};

const matches = (failOn: string, finding: Finding): boolean =>
  (severities as readonly string[]).includes(failOn)
    ? rank(finding.severity) <= rank(failOn as Severity)
    : finding.kind === failOn;

export const check = (options: CheckOptions): Promise<void> =>
  runCommand(options, async (session) => {
    if (!options.offline && options.asOf === undefined) await signInFirst(session, options);
    const { api, callId, on } = session;
    const past = await pastState(session, options);
    const result = await api.check({ ...on, ...past, callId, ...(options.offline ? { offline: true } : {}) });
    if (!result.ok) return { result };
    const { failOn } = options;
    const alarming =
      failOn !== undefined &&
      result.value.findings.some((finding) => finding.state === 'open' && matches(failOn, finding));
    return { result, print: printCheck, exitCode: exitCodeOfSources(result.value.sources) || (alarming ? 1 : 0) };
  });
