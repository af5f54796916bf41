import type { Failure, FailureCode } from '../../src-main/contract/failure.ts';
import { formatSpan } from './format/time.ts';

export interface DescribedFailure {
  title: string;
  /** Facts to quote in a support case, or to act on. */
  facts: { name: string; value: string }[];
  /** Nobody has to be alarmed: the person stopped it. */
  quiet: boolean;
  /** Whether signing in may help. */
  signIn: boolean;
  /** Whether the same attempt may end better without any change. */
  retry: boolean;
}

type Family = 'input' | 'sign-in' | 'rights' | 'graph' | 'scim' | 'transport' | 'store' | 'files' | 'own';

const described: Record<FailureCode, { title: string; family: Family }> = {
  'input-invalid': { title: 'Some fields are not right', family: 'input' },
  'connection-unknown': { title: 'This connection does not exist', family: 'input' },
  'selection-ambiguous': { title: 'More than one fits', family: 'input' },
  'run-unknown': { title: 'No state is known for this', family: 'input' },
  'auth-required': { title: 'Sign-in needed', family: 'sign-in' },
  'auth-failed': { title: 'Sign-in refused', family: 'sign-in' },
  'consent-missing': { title: 'A permission has not been granted', family: 'rights' },
  'graph-forbidden': { title: 'Microsoft Graph refuses this', family: 'rights' },
  'graph-not-found': { title: 'Microsoft Graph does not find it', family: 'graph' },
  'graph-throttled': { title: 'Microsoft Graph asks to wait', family: 'graph' },
  'graph-rejected': { title: 'Microsoft Graph rejected the request', family: 'graph' },
  'graph-unavailable': { title: 'Microsoft Graph is not available', family: 'graph' },
  'scim-unauthorised': { title: 'UNIFI refuses the SCIM token', family: 'scim' },
  'scim-rejected': { title: 'UNIFI rejected the request', family: 'scim' },
  'scim-unavailable': { title: 'UNIFI is not available', family: 'scim' },
  'network-unreachable': { title: 'Not reachable', family: 'transport' },
  'timed-out': { title: 'No answer in time', family: 'transport' },
  'response-unexpected': { title: 'The service answered something unknown', family: 'transport' },
  'store-locked': { title: 'The database is in use', family: 'store' },
  'store-full': { title: 'The disk is full', family: 'store' },
  'store-newer': { title: 'The database is from a newer version', family: 'store' },
  'store-damaged': { title: 'The database is damaged', family: 'store' },
  'file-exists': { title: 'The file exists already', family: 'files' },
  'file-unwritable': { title: 'The file cannot be written', family: 'files' },
  'file-unreadable': { title: 'The file cannot be read', family: 'files' },
  'query-stopped': { title: 'The query was stopped', family: 'own' },
  'not-available': { title: 'Not available here', family: 'own' },
  cancelled: { title: 'Cancelled', family: 'own' },
  bug: { title: 'A fault in this program', family: 'own' },
};

const noUseRetrying = new Set<FailureCode>([
  'store-newer',
  'store-damaged',
  'connection-unknown',
  'input-invalid',
  'not-available',
]);

const fact = (name: string, value: string | number | undefined): { name: string; value: string }[] =>
  value === undefined || value === '' ? [] : [{ name, value: String(value) }];

/** How a failure reads: a heading, the facts worth quoting, and what can be offered. */
export const describeFailure = (failure: Failure): DescribedFailure => {
  const { title, family } = described[failure.code];
  return {
    title,
    quiet: failure.code === 'cancelled',
    signIn: family === 'sign-in' || failure.code === 'consent-missing',
    retry: !noUseRetrying.has(failure.code),
    facts: [
      ...fact('Permission', failure.permissions?.join(', ')),
      ...fact('Role', failure.roles?.join(', ')),
      ...fact('Wait', failure.retryAfterMs === undefined ? undefined : formatSpan(failure.retryAfterMs)),
      ...fact('HTTP status', failure.status),
      ...fact('Service code', failure.serviceCode),
      ...fact('Request id', failure.requestId),
      ...fact('Source', failure.source),
      ...fact('Place in the answer', failure.path),
      ...fact('File', failure.file),
      ...fact('Could be', failure.candidates?.map(({ name, detail }) => `${name} (${detail})`).join(', ')),
      ...fact('Log id', failure.logId),
    ],
  };
};
