import { createHmac, generateKeyPair, randomBytes, sign, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export type Claims = Record<string, unknown>;

/** The tenant's signing material, random at each start. */
export interface Signing {
  /** A signed token (RS256). */
  issue(claims: Claims): string;
  /** The claims of a token that this tenant signed; null for any other text. Times are not looked at. */
  read(token: string): Claims | null;
  /** The public key for the keys endpoint. */
  publicKey: Record<string, unknown>;
  /** A value that only this tenant can make, for links and cursors that clients carry unchanged. */
  seal(value: unknown): string;
  /** The value of a sealed text; undefined when it was not made here. */
  unseal(text: string): unknown;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

const decode = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
};

const isClaims = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const createSigning = async (): Promise<Signing> => {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const keyId = randomBytes(16).toString('base64url');
  const sealKey = randomBytes(32);
  const verified = new Map<string, Claims>();

  const mac = (text: string): Buffer => createHmac('sha256', sealKey).update(text).digest().subarray(0, 16);

  return {
    issue(claims) {
      const head = `${encode({ typ: 'JWT', alg: 'RS256', kid: keyId })}.${encode(claims)}`;
      return `${head}.${sign('sha256', Buffer.from(head), privateKey).toString('base64url')}`;
    },
    read(token) {
      const known = verified.get(token);
      if (known) return known;
      const claims = verifiedClaims(token, publicKey);
      if (claims) {
        if (verified.size > 1000) verified.clear();
        verified.set(token, claims);
      }
      return claims;
    },
    publicKey: { ...publicKey.export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'RS256' },
    seal(value) {
      const text = encode(value);
      return `${text}.${mac(text).toString('base64url')}`;
    },
    unseal(sealed) {
      const [text = '', given = ''] = sealed.split('.');
      const expected = mac(text);
      const got = Buffer.from(given, 'base64url');
      return got.byteLength === expected.byteLength && timingSafeEqual(got, expected) ? decode(text) : undefined;
    },
  };
};

const verifiedClaims = (token: string, publicKey: KeyObject): Claims | null => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const head = decode(header);
  if (!isClaims(head) || head['alg'] !== 'RS256') return null;
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))) return null;
  const claims = decode(payload);
  return isClaims(claims) ? claims : null;
};
