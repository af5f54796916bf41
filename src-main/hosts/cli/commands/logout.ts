import { line } from '../print.ts';
import { runCommand, type CommonOptions } from '../session.ts';

export const logout = (options: CommonOptions): Promise<void> =>
  runCommand(options, async ({ api, on }) => ({
    result: await api.signOut(on),
    print: (value: { signedOut: boolean }) => line(value.signedOut ? 'Signed out.' : 'Nobody was signed in.'),
  }));
