import { expect, test } from 'vitest';
import { connectionFileOf, customHostsOf, emptyDraft } from '../../../../src-renderer/lib/connect-draft.ts';

const vendorHosts = ['licensing.vendor.example'];

test('the host that the product was made for, and this computer, need no confirmation', () => {
  const known = `https://${vendorHosts[0]}/scim/v2`;
  for (const scimBaseUrl of [known, 'http://127.0.0.1:8080/scim', 'http://localhost/scim', '', 'https://']) {
    expect(customHostsOf({ ...emptyDraft(), scimBaseUrl }, vendorHosts)).toEqual([]);
  }
});

test('every other host needs one, each named once', () => {
  const custom = { cloud: 'custom', authority: 'https://id.corp.example', graph: 'https://id.corp.example/g' } as const;
  const scimBaseUrl = 'https://scim.corp.example/v2';
  expect(customHostsOf({ ...emptyDraft(), scimBaseUrl }, vendorHosts)).toEqual(['scim.corp.example']);
  expect(customHostsOf({ ...emptyDraft(), ...custom, scimBaseUrl }, vendorHosts)).toEqual([
    'scim.corp.example',
    'id.corp.example',
  ]);
  // Known as UNIFI's address does not mean trusted with the sign-in.
  const asAuthority = { ...emptyDraft(), ...custom, authority: `https://${vendorHosts[0]}` };
  expect(customHostsOf(asAuthority, vendorHosts)).toContain(vendorHosts[0]);
});

test('days to keep are a number, and left out when nothing is typed', () => {
  expect(connectionFileOf({ ...emptyDraft(), keepLogsDays: ' 400 ' })).toMatchObject({ keepLogsDays: 400 });
  expect(connectionFileOf({ ...emptyDraft(), keepLogsDays: ' ' })).not.toHaveProperty('keepLogsDays');
  // The program names the field; the window judges nothing.
  expect(connectionFileOf({ ...emptyDraft(), keepLogsDays: 'a year' }).keepLogsDays).toBeNaN();
});
