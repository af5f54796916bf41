import { createRequire } from 'node:module';
import { parseTargetProfile } from '../adapters/files/target-profile.ts';

/** The SCIM application that the product was made for. From source and built alike, the file lies two folders up. */
export const unifiProfile = parseTargetProfile(
  createRequire(import.meta.url)('../../resources/target-profiles/unifi.json'),
);

/**
 * Hosts that need no confirmation before a secret goes there: those of the product's own profile. A profile that
 * somebody hands over adds none.
 */
export const knownScimHosts: readonly string[] = unifiProfile.baseUrls.map((address) => new URL(address).hostname);
