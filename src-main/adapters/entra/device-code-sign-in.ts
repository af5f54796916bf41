import type { AuthenticationResult, DeviceCodeRequest, PublicClientApplication } from '@azure/msal-node';
import type { DeviceCodePrompt } from '../../services/ports.ts';
import type { Authority } from './authority.ts';

export interface DeviceCodeOptions {
  app: PublicClientApplication;
  authority: Authority;
  request: Pick<DeviceCodeRequest, 'scopes' | 'claims'>;
  signal: AbortSignal;
  nowMs(): number;
  onDeviceCode(prompt: DeviceCodePrompt): void;
}

/**
 * Signs in with a code that the person enters on another device. MSAL notices a cancellation at its next poll; the
 * caller need not wait for that. The device code itself is a secret and goes nowhere. msal-desktop.md 3.
 */
export const signInWithDeviceCode = async (options: DeviceCodeOptions): Promise<AuthenticationResult | null> => {
  const request: DeviceCodeRequest = {
    ...options.request,
    deviceCodeCallback({ userCode, verificationUri, message, expiresIn }) {
      options.onDeviceCode({
        userCode,
        verificationUri: options.authority.toRealText(verificationUri),
        message: options.authority.toRealText(message),
        expiresAt: new Date(options.nowMs() + expiresIn * 1000).toISOString(),
      });
    },
  };
  const onAbort = (): void => {
    // MSAL looks at this field of the very object that it was given.
    request.cancel = true;
  };
  options.signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await options.app.acquireTokenByDeviceCode(request);
  } finally {
    options.signal.removeEventListener('abort', onAbort);
  }
};
