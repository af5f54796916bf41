import { createHash, timingSafeEqual, verify, X509Certificate, constants } from 'node:crypto';
import type { Tenant } from '../tenant.ts';
import { EntraError, invalidRequest, unknownClient } from './entra-error.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const badSecret = (clientId: string): EntraError =>
  new EntraError({
    error: 'invalid_client',
    number: 7000215,
    status: 401,
    text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  });

const badAssertion = (why: string): EntraError =>
  new EntraError({
    error: 'invalid_client',
    number: 700027,
    status: 401,
    text: `The certificate with identifier used to sign the client assertion is not registered on application, or the assertion is not valid. [Reason - ${why}]`,
  });

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

const fields = (part: string | undefined): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {};
  }
};

const signedBy = (certificate: X509Certificate, algorithm: unknown, head: string, signature: Buffer): boolean => {
  const key = certificate.publicKey;
  const data = Buffer.from(head);
  if (algorithm === 'RS256') return verify('sha256', data, key, signature);
  if (algorithm !== 'PS256') return false;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify('sha256', data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
};

/** A signed assertion (RFC 7523) against the registered certificates; `path` is that of the token endpoint. */
const checkAssertion = (tenant: Tenant, assertion: string, clientId: string, path: string): void => {
  const [header, payload, signature = ''] = assertion.split('.');
  const head = fields(header);
  const claims = fields(payload);
  const certificates = tenant.settings().signIn.certificates.map((pem) => new X509Certificate(pem));
  const bytes = Buffer.from(signature, 'base64url');
  if (!certificates.some((one) => signedBy(one, head['alg'], `${header}.${payload}`, bytes))) {
    throw badAssertion('The key was not found.');
  }
  if (claims['iss'] !== clientId || claims['sub'] !== clientId) throw badAssertion('Issuer and subject differ.');
  const nowSeconds = tenant.realNowMs() / 1000;
  if (typeof claims['exp'] !== 'number' || claims['exp'] < nowSeconds) throw badAssertion('The assertion has expired.');
  // The client may know this server under another origin, so only the path of the audience can be compared.
  const audience = typeof claims['aud'] === 'string' && URL.canParse(claims['aud']) ? new URL(claims['aud']) : null;
  if (audience?.pathname !== path) throw badAssertion('The audience is wrong.');
};

/**
 * Checks the client of a token request. Returns its id and whether it proved itself by a secret or certificate.
 * Throws AADSTS700016, 7000215, 700027 and 900144.
 */
export const checkClient = (
  tenant: Tenant,
  form: URLSearchParams,
  path: string,
): { clientId: string; proven: boolean } => {
  const clientId = form.get('client_id');
  if (clientId === null) throw invalidRequest('client_id');
  const { ids } = tenant.world;
  if (clientId.toLowerCase() !== ids.clientId.toLowerCase()) throw unknownClient(clientId, ids.tenantId);
  const secret = form.get('client_secret');
  if (secret !== null) {
    if (!timingSafeEqual(hash(secret), hash(tenant.credentials.clientSecret))) throw badSecret(clientId);
    return { clientId, proven: true };
  }
  const assertion = form.get('client_assertion');
  if (assertion !== null) {
    if (form.get('client_assertion_type') !== assertionType) throw invalidRequest('client_assertion_type');
    checkAssertion(tenant, assertion, clientId, path);
    return { clientId, proven: true };
  }
  return { clientId, proven: false };
};

/** The refusal of a client that must prove itself. */
export const proofMissing = (): EntraError =>
  new EntraError({
    error: 'invalid_client',
    number: 7000218,
    status: 401,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  });
