import type { Capability } from '../../contract/models/connection.ts';
import type { Fault } from './faults.ts';
import type { Quirk } from './scim/quirks.ts';

/**
 * How Graph refuses: a missing permission, a missing role, a missing licence (all 403), a token it no longer takes (401),
 * or a cloud that does not offer this (404).
 */
export type Denial = 'permission' | 'role' | 'licence' | 'token' | 'absent';

/** How the sign-in service behaves. */
export interface SignInSettings {
  /** What happens to refresh tokens: renewed, expired (AADSTS700082), MFA asked (50076), or consent withdrawn (65001). */
  refresh: 'works' | 'expired' | 'mfa' | 'consent';
  /** What a request with a claims challenge gets: a token, or interaction_required until somebody signs in again. */
  claims: 'renewed' | 'interaction';
  /** Device codes: usable, or blocked by Conditional Access (AADSTS53003). */
  deviceCode: 'works' | 'blocked';
  /** Whether the application allows public client flows; without it device code and refresh end in AADSTS7000218. */
  publicClient: boolean;
  /** Names of scopes without admin consent, such as `Synchronization.Read.All`. */
  notConsented: string[];
  /** Names of scopes that this cloud does not know (AADSTS650053). */
  unknownScopes: string[];
  /** How granted scopes are spelt in token answers; the live form is not documented. msal-desktop.md 4. */
  scopeSpelling: 'as-requested' | 'short';
  accessTokenSeconds: number;
  deviceCodeSeconds: number;
  /** Seconds between two polls that the device endpoint asks for. */
  deviceCodeInterval: number;
  /** PEM certificates registered for unattended sign-in. */
  certificates: string[];
}

/** Everything about the tenant's servers that can be switched while they run. Plain data: it crosses threads. */
export interface TenantSettings {
  /** What Graph refuses. `application` is the look-up of enterprise applications. */
  denied: (Capability | 'application')[];
  denial: Denial;
  /** 429 without Retry-After above 5 reports requests in any 10 s. graph-provisioning.md 10. */
  throttling: boolean;
  /** An empty page with a next link after the first page of every list, and now and then later. */
  emptyPages: boolean;
  /** The largest page of the provisioning log; a client's `$top` may be higher. */
  logPageLimit: number;
  /** How far back the provisioning log and the audit log reach; null: without end. graph-provisioning.md 12. */
  retentionDays: number | null;
  /** Properties that this cloud refuses in filters of the provisioning log, such as `servicePrincipal/id`. */
  refusedLogFilters: string[];
  /** Links to further pages: usable at any time, or refused with 400 as too old. */
  pageLinks: 'valid' | 'expired';
  /** Stored delta links: valid for 7 days, or refused at once, by 400 `syncStateNotFound` or by 410 with a Location. */
  deltaLinks: 'valid' | 'not-found' | 'gone';
  signIn: SignInSettings;
  faults: Fault[];
  quirks: Quirk[];
}

/** Some settings; `signIn` is merged, lists replace. */
export type TenantChanges = Partial<Omit<TenantSettings, 'signIn'>> & { signIn?: Partial<SignInSettings> };

const defaults = (): TenantSettings => ({
  denied: [],
  denial: 'permission',
  throttling: true,
  emptyPages: true,
  logPageLimit: 1000,
  retentionDays: 30,
  refusedLogFilters: [],
  pageLinks: 'valid',
  deltaLinks: 'valid',
  signIn: {
    refresh: 'works',
    claims: 'renewed',
    deviceCode: 'works',
    publicClient: true,
    notConsented: [],
    unknownScopes: [],
    scopeSpelling: 'as-requested',
    accessTokenSeconds: 4500,
    deviceCodeSeconds: 900,
    deviceCodeInterval: 5,
    certificates: [],
  },
  faults: [],
  quirks: [],
});

/** Settings with these changes over them; without settings, over the defaults. */
export const changeSettings = (changes: TenantChanges, settings: TenantSettings = defaults()): TenantSettings => ({
  ...settings,
  ...changes,
  signIn: { ...settings.signIn, ...changes.signIn },
});
