import { expect, test } from 'vitest';
import { isSameAddress } from '../../../../src-main/core/connect/same-address.ts';

const base = 'https://unifi.example/api/scim/v2/';

test.each([
  ['https://unifi.example/api/scim/v2', true],
  ['HTTPS://UNIFI.example/api/scim/v2///', true],
  [' https://unifi.example/api/scim/v2/?aadOptscim062020 ', true],
  ['https://unifi.example/API/scim/v2/', false],
  ['https://unifi.example/api/scim', false],
  ['https://unifi.example.evil/api/scim/v2/', false],
  ['http://unifi.example/api/scim/v2/', false],
  ['', false],
  ['nonsense', false],
])('%s leads to the same place: %s', (other, isSame) => {
  expect(isSameAddress(base, other)).toBe(isSame);
  expect(isSameAddress(other, base)).toBe(isSame);
});
