import type { Cloud, ConnectionFile, JobCandidate, SignInMode } from '../../src-main/contract/models/connection.ts';

/** The fields of the connect wizard. */
export interface ConnectDraft {
  name: string;
  cloud: 'global' | 'usgov' | 'usgov-dod' | 'china' | 'custom';
  authority: string;
  graph: string;
  tenantId: string;
  clientId: string;
  signIn: SignInMode;
  /** Client secret or access token, by the sign-in mode. */
  secret: string;
  scimBaseUrl: string;
  scimToken: string;
  /** As typed: a number of days, or nothing. */
  keepLogsDays: string;
  keepStatesDays: string;
  keepAuditDays: string;
  keepRunsDays: string;
  trustHost: boolean;
  replace: boolean;
}

export const emptyDraft = (): ConnectDraft => ({
  name: '',
  cloud: 'global',
  authority: '',
  graph: '',
  tenantId: '',
  clientId: '',
  signIn: 'interactive',
  secret: '',
  scimBaseUrl: '',
  scimToken: '',
  keepLogsDays: '',
  keepStatesDays: '',
  keepAuditDays: '',
  keepRunsDays: '',
  trustHost: false,
  replace: false,
});

const cloudOf = ({ cloud, authority, graph }: ConnectDraft): Cloud =>
  cloud === 'custom' ? { authority: authority.trim(), graph: graph.trim() } : cloud;

const keptKinds = ['keepLogsDays', 'keepStatesDays', 'keepAuditDays', 'keepRunsDays'] as const;

const daysOf = (draft: ConnectDraft): Partial<Pick<ConnectionFile, (typeof keptKinds)[number]>> =>
  Object.fromEntries(keptKinds.flatMap((kind) => (draft[kind].trim() === '' ? [] : [[kind, Number(draft[kind])]])));

/** The connection that the fields describe; the program judges them, so that the rules stand in one place. */
export const connectionFileOf = (draft: ConnectDraft, candidate?: JobCandidate): ConnectionFile => ({
  name: draft.name.trim(),
  cloud: cloudOf(draft),
  tenantId: draft.tenantId.trim(),
  clientId: draft.clientId.trim(),
  signIn: draft.signIn,
  ...(candidate ? { servicePrincipalId: candidate.servicePrincipalId } : {}),
  ...(candidate?.jobId ? { jobId: candidate.jobId } : {}),
  scim: { baseUrl: draft.scimBaseUrl.trim() },
  ...daysOf(draft),
});

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

const hostsOf = (addresses: readonly string[]): string[] =>
  addresses.filter((address) => URL.canParse(address)).map((address) => new URL(address).hostname);

/** Hosts given by hand that are neither on this computer nor the ones that the product was made for. */
export const customHostsOf = (draft: ConnectDraft, vendorHosts: readonly string[]): string[] => {
  const entra = draft.cloud === 'custom' ? hostsOf([draft.authority, draft.graph]) : [];
  const scim = hostsOf([draft.scimBaseUrl]).filter((host) => !vendorHosts.includes(host));
  return [...new Set([...scim, ...entra])].filter((host) => host !== '' && !isLoopback(host));
};
