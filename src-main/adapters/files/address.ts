import { z } from 'zod';
import { isLoopback } from '../net/clouds.ts';

/** Why an address is refused, as a sentence part; null when it is good. Custom hosts have no path. */
const addressProblem = (address: string, kind: 'host' | 'scim'): string | null => {
  if (!URL.canParse(address)) return 'must be an address such as https://host.example';
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(address))) {
    return 'must be an https address (http is accepted for this computer only)';
  }
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  if (url.hash !== '') return 'must not contain a #';
  if (kind === 'host') {
    return url.pathname === '/' && url.search === '' ? null : 'must be the address of a host, without a path';
  }
  const foreign = [...url.searchParams].some(([key, value]) => !/^aadopt\w+$/i.test(key) || value !== '');
  return foreign ? 'must not have a query (a flag such as ?aadOptscim062020 is accepted)' : null;
};

/** An address as text: of a `host` alone, or where `scim` answers, just before `Users`. */
export const address = (kind: 'host' | 'scim'): z.ZodString =>
  z
    .string({ error: 'must be text' })
    .max(2_000, { error: 'is too long' })
    .superRefine((value, context) => {
      const problem = addressProblem(value, kind);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    });
