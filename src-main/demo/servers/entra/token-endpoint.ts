import type { HttpAnswer } from '../http-server.ts';
import type { Tenant } from '../tenant.ts';
import type { Authorization } from './authorize.ts';
import { checkClient, proofMissing } from './client-check.ts';
import type { DeviceCodes } from './device-codes.ts';
import { consentMissing, EntraError, invalidRequest, jsonAnswer } from './entra-error.ts';
import { applicationTokens, contextsOf, personTokens, type RefreshTokens } from './issue-tokens.ts';
import { readScopes } from './requested-scopes.ts';

const moreSteps = (claims: string | null): EntraError =>
  new EntraError({
    error: 'invalid_grant',
    number: 50076,
    text: 'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.',
    suberror: 'basic_action',
    claims: claims ?? '{"access_token":{"capolids":{"essential":true,"values":["demo-policy"]}}}',
  });

/** Whether a refresh token is taken, by the settings. */
const checkRefresh = (tenant: Tenant, claims: string | null): void => {
  const { refresh, claims: challenged } = tenant.settings().signIn;
  if (refresh === 'expired') {
    throw new EntraError({
      error: 'invalid_grant',
      number: 700082,
      text: 'The refresh token has expired due to inactivity. The token was issued some time ago and was inactive for 90.00:00:00.',
    });
  }
  if (refresh === 'mfa') throw moreSteps(claims);
  if (refresh === 'consent') throw consentMissing('UNIFI Provisioning Monitor');
  if (challenged === 'interaction' && contextsOf(claims).length > 0) throw moreSteps(claims);
};

/** `POST token`, all grants. Throws EntraError. */
export const answerTokenRequest = (
  tenant: Tenant,
  options: {
    form: URLSearchParams;
    path: string;
    issuer: string;
    authorization: Authorization;
    deviceCodes: DeviceCodes;
    refreshTokens: RefreshTokens;
  },
): HttpAnswer => {
  const { form, refreshTokens, issuer } = options;
  const { clientId, proven } = checkClient(tenant, form, options.path);
  const settings = tenant.settings().signIn;
  const claims = form.get('claims');
  const forPerson = (grant: Parameters<typeof personTokens>[1]): HttpAnswer =>
    jsonAnswer(200, personTokens(tenant, grant, refreshTokens, issuer));

  switch (form.get('grant_type')) {
    case 'authorization_code':
      return forPerson(options.authorization.redeem(form));
    case 'device_code':
    case 'urn:ietf:params:oauth:grant-type:device_code':
      if (!settings.publicClient && !proven) throw proofMissing();
      return forPerson(options.deviceCodes.redeem(form));
    case 'refresh_token': {
      if (refreshTokens.clientOf(form.get('refresh_token') ?? '') !== clientId) {
        throw new EntraError({ error: 'invalid_grant', number: 9002313, text: 'The refresh token is not valid.' });
      }
      checkRefresh(tenant, claims);
      const scopes = readScopes(form.get('scope') ?? '', settings, 'person');
      return forPerson({ clientId, scopes, contexts: contextsOf(claims) });
    }
    case 'client_credentials': {
      if (!proven) throw proofMissing();
      const scopes = readScopes(form.get('scope') ?? '', settings, 'application');
      return jsonAnswer(200, applicationTokens(tenant, { clientId, scopes, contexts: contextsOf(claims) }));
    }
    case null:
      throw invalidRequest('grant_type');
    default:
      throw new EntraError({
        error: 'unsupported_grant_type',
        number: 70003,
        text: 'The app requested an unsupported grant type.',
      });
  }
};
