import { userInfo } from 'node:os';
import type { SignIn } from '../services/ports.ts';

const userOfComputer = (): string | null => {
  try {
    return userInfo().username || null;
  } catch {
    // A computer without a name for its user, such as a container: then nobody is named.
    return null;
  }
};

/** By which name a person's decision is noted in the history: the signed-in account, else the computer's user. */
export const whoDecides = async (signIn: SignIn): Promise<string | null> =>
  (await signIn.currentAccount()) ?? userOfComputer();
