import type { Connection } from '../contract/models/connection.ts';
import { AppError } from '../core/app-error.ts';
import type { SignIn } from '../services/ports.ts';

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
