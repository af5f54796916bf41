import type { Api } from '../../contract/api.ts';
import { line } from './print.ts';

/** Says that sign-in and secrets end with this process, where the computer has no key store that would keep them. */
export const sayWhenNothingIsKept = async (api: Api): Promise<void> => {
  const info = await api.getAppInfo({});
  if (!info.ok || info.value.keyStore) return;
  line('This computer offers no key store, so nothing outlives this process: sign-in and secrets end with it.');
  line(
    'At a terminal, collect and check ask for them again; the window keeps them while it runs (unifi-monitor serve);',
  );
  line('scripts give them in the environment (see README, "Unattended").');
};
