import type { Connection, SignInMode } from '../contract/models/connection.ts';
import { AppError, isAppError } from '../core/app-error.ts';
import type { SignIn } from '../services/ports.ts';

const keyOf: Partial<Record<SignInMode, string>> = {
  'client-secret': 'AZURE_CLIENT_SECRET',
  'client-certificate': 'AZURE_CLIENT_CERTIFICATE_PATH',
  'access-token': 'GRAPH_ACCESS_TOKEN',
};

/** A secret of the environment that a connection may not use, with the reason as a sentence part. */
export interface Withheld {
  key: string;
  because: string;
}

/** What a person is told who gave a secret that was not used. */
export const withheldFailure = (
  code: 'auth-required' | 'scim-unauthorised',
  connection: Pick<Connection, 'name'>,
  { key, because }: Withheld,
): AppError =>
  new AppError({
    code,
    message: `${key} was not used for connection "${connection.name}": ${because}.`,
    advice: 'Name the connection with --connection, confirm its host, or store the secret for this connection.',
  });

/** The same sign-in, which says why a secret that is there was not used, instead of asking for it again. */
export const explainWithheld = (signIn: SignIn, connection: Connection, withheld: Withheld[]): SignIn => {
  const held = withheld.find(({ key }) => key === keyOf[connection.signIn]);
  if (!held) return signIn;
  const explained = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (isAppError(error) && error.code === 'auth-required') {
        throw withheldFailure('auth-required', connection, held);
      }
      throw error;
    }
  };
  return {
    ...signIn,
    getToken: (options) => explained(signIn.getToken(options)),
    signIn: (options) => explained(signIn.signIn(options)),
  };
};
