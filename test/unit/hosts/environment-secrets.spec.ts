import { describe, expect, test } from 'vitest';
import type { Connection } from '../../../src-main/contract/models/connection.ts';
import { customHosts, environmentFor } from '../../../src-main/hosts/environment-secrets.ts';

const connection = (change: Partial<Connection> = {}): Connection => ({
  id: 'contoso',
  name: 'Contoso',
  cloud: 'global',
  tenantId: '7b0c1d52-93a1-4f0e-8d56-2f1b6f0c9e11',
  clientId: '0a1b2c3d-0000-4000-8000-000000000001',
  signIn: 'client-secret',
  scim: { baseUrl: 'https://licensing.inviewlabs.com/api/scim/v2/' },
  createdAt: '2026-11-23T00:00:00Z',
  demo: false,
  trustedHosts: [],
  ...change,
});

const secrets = {
  AZURE_CLIENT_SECRET: 's',
  UNIFI_SCIM_TOKEN: 't',
  GRAPH_ACCESS_TOKEN: 'g',
  HTTPS_PROXY: 'http://proxy.example',
};
const keys = (change: Partial<Connection>, env: Record<string, string>, named = true): string[] =>
  Object.keys(environmentFor(connection(change), env, { named }).env).sort();

describe('which secrets of the environment a connection may use', () => {
  test('all of them when it is the named or sole one', () => {
    expect(keys({}, secrets)).toEqual(Object.keys(secrets).sort());
  });
  test('none when several connections exist and none was named', () => {
    expect(keys({}, secrets, false)).toEqual(['HTTPS_PROXY']);
  });
  test('none for the demo tenant, named or not', () => {
    expect(keys({ demo: true }, secrets)).toEqual(['HTTPS_PROXY']);
  });
  test('no SCIM token for a host that nobody confirmed, though the sign-in secrets pass', () => {
    expect(keys({ scim: { baseUrl: 'https://scim.attacker.example/v2/' } }, secrets)).not.toContain('UNIFI_SCIM_TOKEN');
    expect(keys({ scim: { baseUrl: 'https://scim.attacker.example/v2/' } }, secrets)).toContain('AZURE_CLIENT_SECRET');
  });
  test('no sign-in secret for an unconfirmed custom sign-in host, and all of them once it is confirmed', () => {
    const cloud = { authority: 'https://login.custom.example', graph: 'https://graph.custom.example' };
    expect(keys({ cloud }, secrets)).toEqual(['HTTPS_PROXY', 'UNIFI_SCIM_TOKEN']);
    expect(keys({ cloud, trustedHosts: customHosts({ cloud, scim: connection().scim }).entra }, secrets)).toContain(
      'AZURE_CLIENT_SECRET',
    );
  });
  test('loopback hosts need no confirmation', () => {
    const cloud = { authority: 'http://127.0.0.1:4000', graph: 'http://127.0.0.1:4001' };
    expect(keys({ cloud, scim: { baseUrl: 'http://localhost:4002/scim/' } }, secrets)).toEqual(
      Object.keys(secrets).sort(),
    );
  });
  test('a host that only looks like loopback is a custom one', () => {
    expect(keys({ scim: { baseUrl: 'https://127.0.0.1.attacker.example/' } }, secrets)).not.toContain(
      'UNIFI_SCIM_TOKEN',
    );
  });
  test('no client secret that is meant for another tenant', () => {
    const env = { ...secrets, AZURE_TENANT_ID: 'ffffffff-0000-4000-8000-000000000000' };
    expect(keys({}, env)).not.toContain('AZURE_CLIENT_SECRET');
    expect(environmentFor(connection(), env, { named: true }).withheld[0]?.because).toMatch(/another tenant/u);
  });
});
