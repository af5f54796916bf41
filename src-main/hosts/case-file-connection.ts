import type { Connection } from '../contract/models/connection.ts';
import { AppError } from '../core/app-error.ts';
import type { RunMark } from '../core/history-diff/choose-state.ts';
import type { HistoryStore, SignIn } from '../services/ports.ts';

const onlyShows = (connection: Pick<Connection, 'name'>): AppError =>
  new AppError({
    code: 'not-available',
    message: `"${connection.name}" is a case file: it shows what was collected elsewhere, and has no tenant behind it.`,
    advice: 'Use the connection of the tenant to sign in or to collect.',
  });

/** Throws `not-available` for a case file: nothing is collected, signed in or stored there. */
export const refuseCaseFile = (connection: Pick<Connection, 'name' | 'caseFile'>): void => {
  if (connection.caseFile) throw onlyShows(connection);
};

/** The sign-in of a case file: there is nobody to sign in. */
export const createNoSignIn = (connection: Connection): SignIn => ({
  getToken: () => Promise.reject(onlyShows(connection)),
  signIn: () => Promise.reject(onlyShows(connection)),
  signOut: () => Promise.resolve({ signedOut: false }),
  currentAccount: () => Promise.resolve(null),
});

/** The history of a connection; of a case file about a period, without the states before it, of which it holds parts. */
export const onlyHeld = <S extends Pick<HistoryStore, 'runs'>>(
  store: S,
  { caseFile }: Pick<Connection, 'caseFile'>,
): S => {
  const first = caseFile?.states?.first.run;
  if (first === undefined) return store;
  const marks = async (): Promise<RunMark[]> =>
    (await store.runs.marks()).map((mark) => (Number(mark.id) < Number(first) ? { ...mark, held: false } : mark));
  return { ...store, runs: { ...store.runs, marks } };
};
