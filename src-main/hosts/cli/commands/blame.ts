import type { BlameResult, Jump } from '../../../contract/models/blame.ts';
import { clean, count, faint, line, strong } from '../print.ts';
import { pastState, type PastOptions } from '../past-state.ts';
import { runCommand } from '../session.ts';
import { changeTime } from './health.ts';

const titles: Readonly<Record<Jump['measure'], string>> = {
  failures: 'Failures',
  skips: 'Skips that need a look',
  findings: 'Findings',
};

const printJump = (jump: Jump): void => {
  line();
  line(`${strong(titles[jump.measure])}  ${clean(jump.sentence)}`);
  for (const part of jump.parts) {
    line(`  ${count(part.count)} (before: ${count(part.before)})  ${clean(part.title)}`);
    if (part.reason) line(faint(`    ${clean(part.reason)}`));
  }
  line(`  What was changed before${jump.suspects.length === 0 ? ': nothing that is known.' : ', most likely first:'}`);
  for (const [index, { change, likelihood, reasons }] of jump.suspects.entries()) {
    line(`  ${index + 1}. ${strong(clean(change.title))} (${likelihood})  ${faint(clean(changeTime(change)))}`);
    for (const detail of change.details) line(`     ${clean(detail)}`);
    line(faint(`     ${clean(reasons.join(' '))}`));
  }
};

const printBlame = (value: BlameResult): void => {
  if (value.jumps.length === 0) line('No jump in failures, skips or findings in the last four weeks of the log.');
  else line(`${count(value.jumps.length)} ${value.jumps.length === 1 ? 'jump' : 'jumps'} in the last four weeks.`);
  for (const jump of value.jumps) printJump(jump);
  if (value.notJudged.length > 0) line();
  for (const sentence of value.notJudged) line(clean(sentence));
};

export const blame = (options: PastOptions): Promise<void> =>
  runCommand(options, async ({ api, on }) => ({
    result: await api.blameChanges({ ...on, ...(await pastState({ api, on }, options)) }),
    print: printBlame,
  }));
