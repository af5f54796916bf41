import { describe, expect, test } from 'vitest';
import {
  isSignInAddress,
  isWindowAddress,
  mayOpenOutside,
} from '../../../../src-main/hosts/electron/window-address.ts';

test.each(['unifi-monitor://window/', 'unifi-monitor://window/c/contoso/log?status=failure#row'])(
  '%s is our page',
  (address) => {
    expect(isWindowAddress(address)).toBe(true);
  },
);

test.each([
  '',
  'about:blank',
  'unifi-monitor:window',
  'unifi-monitor://window.evil.example/',
  'unifi-monitor://window@evil.example/',
  'unifi-monitor://evil/window/',
  'https://window/',
  'file:///window/index.html',
])('"%s" is not our page', (address) => {
  expect(isWindowAddress(address)).toBe(false);
});

describe('links that open in the browser of the system', () => {
  test.each([
    'https://login.microsoftonline.com/common/oauth2',
    'https://microsoft.com/devicelogin',
    'https://LEARN.microsoft.com/',
  ])('%s does', (address) => {
    expect(mayOpenOutside(address)).toBe(true);
  });

  test.each([
    'http://login.microsoftonline.com/',
    'https://login.microsoftonline.com:8443/',
    'https://login.microsoftonline.com@evil.example/',
    'https://user:pw@login.microsoftonline.com/',
    'https://login.microsoftonline.com.evil.example/',
    'https://evil.example/?login.microsoftonline.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-settings:',
    '\\\\server\\share',
    '',
  ])('"%s" does not', (address) => {
    expect(mayOpenOutside(address)).toBe(false);
  });
});

test('a sign-in begins at an https address, or at this computer', () => {
  const good = ['https://login.microsoftonline.com/x', 'https://login.example/', 'http://127.0.0.1:8080/authorize'];
  const bad = ['http://login.example/', 'file:///etc/passwd', 'javascript:alert(1)', ''];
  expect(good.filter((address) => !isSignInAddress(address))).toEqual([]);
  expect(bad.filter(isSignInAddress)).toEqual([]);
});
