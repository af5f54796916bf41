import { randomBytes } from 'node:crypto';
import type { Fault } from '../faults.ts';
import { acceptedPermissions, type Area } from '../graph-rights.ts';
import type { HttpRequest } from '../http-server.ts';
import type { Claims } from '../signing.ts';
import type { Tenant } from '../tenant.ts';
import type { Denial } from '../tenant-settings.ts';
import { GraphError } from './graph-error.ts';

const invalidToken = (message: string): GraphError =>
  new GraphError(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate': 'Bearer realm="", authorization_uri="https://login.example/common/oauth2/authorize"',
  });

const isLoopback = (audience: string): boolean =>
  URL.canParse(audience) && /^(?:127\.0\.0\.1|localhost|\[::1\])$/u.test(new URL(audience).hostname);

const refusals: Readonly<Record<Denial, GraphError>> = {
  permission: new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
  role: new GraphError(
    403,
    'Authentication_MSGraphPermissionMissing',
    'The principal does not have required Microsoft Graph permission(s), or the user is not in the allowed roles.',
  ),
  licence: new GraphError(
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    "Neither tenant is B2C or tenant doesn't have premium license",
  ),
  absent: new GraphError(404, 'ResourceNotFound', 'Resource not found.'),
  token: invalidToken('Access token has expired or is not yet valid.'),
};

/** The challenge of one fault; a token that answers it carries the value. */
interface Challenge {
  value: string;
}

export interface Access {
  /**
   * The token's claims. Throws 401 for a missing, foreign, expired or wrong token and for a claims challenge, 403 for a
   * capability that is switched off or that the token has no permission for.
   */
  check(request: HttpRequest, area: Area, faults: Fault[]): Claims;
}

export const createAccess = (tenant: Tenant): Access => {
  const challenges = new WeakMap<Fault, Challenge>();

  const challenge = (fault: Fault): GraphError => {
    const value = `c${randomBytes(6).toString('hex')}`;
    challenges.set(fault, { value });
    const claims = { access_token: { acrs: { essential: true, value } } };
    const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
    return new GraphError(401, 'InvalidAuthenticationToken', 'Continuous access evaluation resulted in challenge.', {
      'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.example/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000", error="insufficient_claims", claims="${encoded}"`,
    });
  };

  const answers = (claims: Claims, fault: Fault): boolean => {
    const value = challenges.get(fault)?.value;
    return value !== undefined && Array.isArray(claims['acrs']) && claims['acrs'].includes(value);
  };

  const readToken = (request: HttpRequest): Claims => {
    const [, token] = /^Bearer (\S+)$/u.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) throw invalidToken('Access token is empty.');
    const claims = tenant.signing.read(token);
    if (!claims) throw invalidToken('Access token validation failure. Invalid signature.');
    const nowSeconds = tenant.realNowMs() / 1000;
    if (typeof claims['exp'] !== 'number' || claims['exp'] <= nowSeconds) {
      throw invalidToken('Lifetime validation failed, the token is expired.');
    }
    const audience = String(claims['aud']).replace(/\/$/u, '');
    const isGraph = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'].includes(audience);
    if (!isGraph && !isLoopback(audience)) throw invalidToken('Access token validation failure. Invalid audience.');
    if (claims['tid'] !== tenant.world.ids.tenantId) {
      throw invalidToken('Access token validation failure. The tenant of the token is not known.');
    }
    return claims;
  };

  const permissionsOf = (claims: Claims): string[] => {
    if (Array.isArray(claims['roles'])) return claims['roles'].map(String);
    return typeof claims['scp'] === 'string' ? claims['scp'].split(' ') : [];
  };

  return {
    check(request, area, faults) {
      const claims = readToken(request);
      for (const fault of faults) {
        if (fault.kind === 'licence-refusal') throw refusals.licence;
        if (fault.kind === 'endless-claims-challenge') throw challenge(fault);
        if (fault.kind === 'claims-challenge' && !answers(claims, fault)) throw challenge(fault);
      }
      const { denied, denial } = tenant.settings();
      if (denied.includes(area)) throw refusals[denial];
      const granted = permissionsOf(claims);
      if (!acceptedPermissions[area].some((name) => granted.includes(name))) throw refusals.permission;
      return claims;
    },
  };
};
