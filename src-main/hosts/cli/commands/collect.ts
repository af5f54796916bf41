import type { CollectResult, SourceReport } from '../../../contract/models/run.ts';
import { exitCodeOfSources } from '../exit-codes.ts';
import { clean, count, line, table } from '../print.ts';
import { signInFirst } from '../sign-in-first.ts';
import { runCommand, type CommonOptions } from '../session.ts';

/** What to do about sources that were not read completely, each advice once. */
export const printAdvice = (sources: Pick<SourceReport, 'source' | 'failure'>[]): void => {
  const byAdvice = Map.groupBy(
    sources.filter((source) => source.failure),
    (source) => clean(source.failure?.advice ?? ''),
  );
  if (byAdvice.size === 0) return;
  line();
  line('What to do:');
  for (const [advice, about] of byAdvice) line(`  ${about.map((source) => source.source).join(', ')}: ${advice}`);
};

/** The sources of a run: what each brought, and why it did not. */
export const printSources = (sources: SourceReport[]): void => {
  table(
    ['Source', 'Status', 'Items', 'Requests', 'Waited', 'Note'],
    sources.map((source) => [
      source.source,
      source.status,
      count(source.items),
      count(source.requests),
      source.throttledMs >= 1000 ? `${Math.round(source.throttledMs / 1000)} s` : '-',
      [
        source.malformed > 0 ? `${count(source.malformed)} rows not understood (unifi-monitor runs --kept-aside)` : '',
        source.withheld ? `${count(source.withheld)} withheld by a data-protection purge` : '',
        source.failure ? clean(source.failure.message) : '',
      ]
        .filter(Boolean)
        .join('; '),
    ]),
  );
  printAdvice(sources);
};

const print = (value: CollectResult): void => {
  line('Collected.');
  printSources(value.sources);
};

export const collect = (options: CommonOptions): Promise<void> =>
  runCommand(options, async (session) => {
    await signInFirst(session, options);
    const { api, callId, on } = session;
    const result = await api.collect({ ...on, callId });
    return { result, print, exitCode: result.ok ? exitCodeOfSources(result.value.sources) : 0 };
  });
