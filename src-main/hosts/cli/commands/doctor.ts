import { readTargetProfile } from '../../../adapters/files/target-profile.ts';
import {
  setUpCheckTitles,
  setUpSteps,
  type SetUpCheck,
  type SetUpCheckResult,
  type SetUpCheckState,
} from '../../../contract/models/set-up-check.ts';
import { clean, faint, line, strong } from '../print.ts';
import { signInFirst } from '../sign-in-first.ts';
import { runCommand, type CommonOptions } from '../session.ts';

export interface DoctorOptions extends CommonOptions {
  offline?: boolean;
  profile?: string;
  failOnWrong?: boolean;
}

const marks: Record<SetUpCheckState, string> = { right: 'right', wrong: 'WRONG', 'not-checkable': 'unknown' };
const widest = Math.max(...Object.values(marks).map(({ length }) => length));

/** What is right takes a line; what is wrong is told whole. */
const printCheck = ({ id, state, sentence, evidence, fix }: SetUpCheck): void => {
  const mark = marks[state].padEnd(widest);
  const indent = ' '.repeat(widest + 4);
  if (state === 'right') {
    line(`  ${faint(mark)}  ${clean(sentence)}`);
    return;
  }
  const title = setUpCheckTitles[id];
  line(`  ${state === 'wrong' ? strong(`${mark}  ${title}`) : `${mark}  ${title}`}`);
  line(`${indent}${clean(sentence)}`);
  if (state === 'wrong') for (const { text } of evidence) line(faint(`${indent}- ${clean(text)}`));
  if (fix) line(`${indent}${state === 'wrong' ? 'To do: ' : 'To find out: '}${clean(fix)}`);
};

const print = ({ checks }: SetUpCheckResult): void => {
  const count = (state: SetUpCheckState): number => checks.filter((check) => check.state === state).length;
  const unknown = count('not-checkable');
  line(
    strong(
      `Of ${checks.length} steps of the set-up, ${count('right')} are right and ${count('wrong')} wrong` +
        `${unknown === 0 ? '.' : `; ${unknown} could not be checked.`}`,
    ),
  );
  for (const { title, checks: ids } of setUpSteps) {
    line();
    line(title);
    for (const check of checks) if ((ids as readonly string[]).includes(check.id)) printCheck(check);
  }
};

/** The set-up check on the command line; a person at the terminal signs in first where that is needed. */
export const doctor = (options: DoctorOptions): Promise<void> =>
  runCommand(options, async (session) => {
    const profile = options.profile === undefined ? null : await readTargetProfile(options.profile);
    if (!options.offline) await signInFirst(session, options);
    const { api, callId, on } = session;
    const result = await api.runSetUpCheck({
      ...on,
      callId,
      ...(options.offline ? { offline: true } : {}),
      ...(profile ? { profile } : {}),
    });
    const isWrong = result.ok && result.value.checks.some(({ state }) => state === 'wrong');
    return { result, print, exitCode: options.failOnWrong && isWrong ? 1 : 0 };
  });
