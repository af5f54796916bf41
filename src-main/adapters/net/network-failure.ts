import { AppError, cancelled, isAppError } from '../../core/app-error.ts';

const unreachable = (host: string, because: string, advice: string, cause: unknown): AppError =>
  new AppError(
    { code: 'network-unreachable', message: `The host ${host} could not be reached: ${because}.`, advice },
    { cause },
  );

const checkNetwork =
  'Check the network connection, the proxy (HTTPS_PROXY, else that of the system) and the address, then try again.';

/** Causes in words, by the code of Node or undici. */
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known (DNS)',
  EAI_AGAIN: 'its name could not be looked up (DNS)',
  EAI_NONAME: 'its name is not known (DNS)',
  ECONNREFUSED: 'nothing answers at this address and port',
  ECONNRESET: 'the connection was closed in the middle',
  EPIPE: 'the connection was closed in the middle',
  UND_ERR_SOCKET: 'the connection was closed in the middle',
  EHOSTUNREACH: 'there is no way to this address',
  ENETUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  // Nobody else aborts a request whose signal was left alone.
  UND_ERR_ABORTED: 'the proxy refused the connection',
  UND_ERR_PRX_TLS: 'the secure connection to the proxy failed',
};

const timeOuts = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

const tlsCode =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO|CRL_)/u;

/** An error with its causes, and what stands together in one. */
const chainOf = (error: unknown, depth = 0): Error[] => {
  if (!(error instanceof Error) || depth > 5) return [];
  const inner = error instanceof AggregateError ? error.errors.flatMap((e: unknown) => chainOf(e, depth + 1)) : [];
  return [error, ...chainOf(error.cause, depth + 1), ...inner];
};

const codeOf = (error: Error): string[] => ('code' in error && typeof error.code === 'string' ? [error.code] : []);

/**
 * The proxy that was tried in place of the host itself; null: the host. Node says which name it looked up, or which port
 * it tried: a port that is not the host's belongs to somebody else.
 */
const proxyTried = (errors: readonly Error[], { hostname, port, protocol }: URL): string | null => {
  const ownPort = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  for (const error of errors) {
    const tried = error as Error & { hostname?: unknown; address?: unknown; port?: unknown };
    if (typeof tried.hostname === 'string' && tried.hostname !== hostname) return tried.hostname;
    if (typeof tried.address === 'string' && typeof tried.port === 'number' && tried.port !== ownPort) {
      return `${tried.address}:${tried.port}`;
    }
  }
  return null;
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/**
 * What a failed `fetch` (or a body that broke off) means: `cancelled` when the caller's signal was aborted,
 * `timed-out`, else `network-unreachable` with DNS and TLS named in words. An AppError passes unchanged.
 */
export const networkFailure = (error: unknown, url: string, signal?: AbortSignal): AppError => {
  if (isAppError(error)) return error;
  if (signal?.aborted && nameOf(signal.reason) !== 'TimeoutError') return cancelled();
  const asked = new URL(url);
  const { host, protocol } = asked;
  const errors = chainOf(error);
  const codes = errors.flatMap(codeOf);
  if (
    nameOf(error) === 'TimeoutError' ||
    nameOf(signal?.reason) === 'TimeoutError' ||
    codes.some((c) => timeOuts.has(c))
  ) {
    return new AppError(
      {
        code: 'timed-out',
        message: `The host ${host} did not answer in time.`,
        advice: 'Try again later; what was collected is kept.',
      },
      { cause: error },
    );
  }
  const tls = codes.find((code) => tlsCode.test(code));
  if (tls !== undefined && protocol === 'https:') {
    return unreachable(
      host,
      `a secure connection (TLS) could not be made, its certificate is not trusted or does not fit (${tls})`,
      'If your network inspects TLS traffic, name its certificate authority in NODE_EXTRA_CA_CERTS. Otherwise check the address.',
      error,
    );
  }
  const known = codes.find((code) => reasons[code] !== undefined);
  const reason = known ? (reasons[known] as string) : 'the connection failed';
  const proxy = proxyTried(errors, asked);
  const because = proxy === null ? reason : `the proxy ${proxy} stands in between, and ${reason}`;
  return unreachable(host, because, checkNetwork, error);
};
