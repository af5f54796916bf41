import { randomBytes, randomInt } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '../http-server.ts';
import type { Tenant } from '../tenant.ts';
import { EntraError, jsonAnswer } from './entra-error.ts';
import type { Grant } from './issue-tokens.ts';
import { messagePage, questionPage } from './pages.ts';

interface Pending {
  grant: Grant;
  state: 'pending' | 'accepted' | 'declined';
  expiresMs: number;
}

export interface DeviceCodes {
  /** `POST devicecode`. */
  start(request: HttpRequest, grant: Grant): HttpAnswer;
  /** `GET deviceauth`: the page for the code. */
  ask(): HttpAnswer;
  /** The page's form. */
  decide(form: URLSearchParams): HttpAnswer;
  /** A poll. Throws AADSTS70016 (pending), 70020 (expired), 70000 (declined), 53003 (blocked). */
  redeem(form: URLSearchParams): Grant;
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const userCode = (): string => Array.from({ length: 9 }, () => letters[randomInt(letters.length)]).join('');

export const createDeviceCodes = (tenant: Tenant): DeviceCodes => {
  const byDeviceCode = new Map<string, Pending>();
  const byUserCode = new Map<string, Pending>();

  return {
    start(request, grant) {
      const settings = tenant.settings().signIn;
      const pending: Pending = {
        grant,
        state: 'pending',
        expiresMs: tenant.realNowMs() + settings.deviceCodeSeconds * 1000,
      };
      const device = randomBytes(48).toString('base64url');
      const user = userCode();
      byDeviceCode.set(device, pending);
      byUserCode.set(user, pending);
      const verificationUri = `${request.origin}/deviceauth`;
      return jsonAnswer(200, {
        user_code: user,
        device_code: device,
        verification_uri: verificationUri,
        expires_in: settings.deviceCodeSeconds,
        interval: settings.deviceCodeInterval,
        message: `To sign in, use a web browser to open the page ${verificationUri} and enter the code ${user} to authenticate.`,
      });
    },

    ask: () =>
      questionPage({
        title: 'Enter code',
        text: 'Enter the code that the application shows.',
        action: '/deviceauth',
        fields: {},
        codeField: 'Code',
      }),

    decide(form) {
      const pending = byUserCode.get((form.get('user_code') ?? '').trim().toUpperCase());
      if (!pending || pending.state !== 'pending' || pending.expiresMs < tenant.realNowMs()) {
        return messagePage(400, 'Code not accepted', "That code didn't work. Check the code and try again.");
      }
      pending.state = form.get('decision') === 'accept' ? 'accepted' : 'declined';
      return pending.state === 'accepted'
        ? messagePage(200, 'Signed in', 'You have signed in to the application on your device.')
        : messagePage(200, 'Declined', 'You have declined the sign-in on your device.');
    },

    redeem(form) {
      const code = form.get('device_code') ?? '';
      const pending = byDeviceCode.get(code);
      const refuse = (error: string, number: number, text: string): EntraError =>
        new EntraError({ error, number, text });
      if (!pending) {
        throw refuse('bad_verification_code', 70019, 'The verification code is not known, or has been used.');
      }
      if (tenant.settings().signIn.deviceCode === 'blocked') {
        throw refuse(
          'access_denied',
          53003,
          'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
        );
      }
      if (pending.expiresMs < tenant.realNowMs()) {
        throw refuse('expired_token', 70020, 'The provided value for the input parameter device_code has expired.');
      }
      if (pending.state === 'declined') {
        throw refuse('authorization_declined', 70000, 'The authorization request was declined by the user.');
      }
      if (pending.state === 'pending') {
        throw refuse(
          'authorization_pending',
          70016,
          'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
        );
      }
      byDeviceCode.delete(code);
      return pending.grant;
    },
  };
};
