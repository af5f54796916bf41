import { AppError } from '../../core/app-error.ts';

/** True for the statuses that send a client to another address. */
export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/**
 * Where a redirect may lead: the same origin, else `response-unexpected` naming the other host only. The caller
 * repeats its request there; a token never goes anywhere else.
 */
export const redirectTarget = (fromUrl: string, location: string | null, source: string): string => {
  const refuse = (what: string): AppError =>
    new AppError({
      code: 'response-unexpected',
      message: `${source} sent the request ${what}; this was refused, and nothing secret was sent there.`,
      advice: 'Check the address of the connection. If the service has moved, enter its new address.',
      source,
    });
  if (location === null || !URL.canParse(location, fromUrl)) throw refuse('somewhere without saying where');
  const target = new URL(location, fromUrl);
  if (target.origin !== new URL(fromUrl).origin) throw refuse(`to another host (${target.host})`);
  return target.href;
};
