import { expect, test } from 'vitest';
import { proxyOf } from '../../../../src-main/adapters/net/system-proxy.ts';

test.each([
  ['DIRECT', null],
  ['', null],
  [' direct ; PROXY other:1', null],
  ['PROXY proxy.contoso.example:8080; DIRECT', 'http://proxy.contoso.example:8080'],
  ['proxy 10.0.0.1:3128', 'http://10.0.0.1:3128'],
  ['HTTPS secure.contoso.example:443', 'https://secure.contoso.example:443'],
  ['PROXY [2001:db8::1]:8080', 'http://[2001:db8::1]:8080'],
  ['SOCKS5 socks:1080; PROXY later:8080', 'http://later:8080'],
  ['SOCKS socks:1080; DIRECT', null],
])('%s leads to %s', (answer, proxy) => {
  expect(proxyOf(answer, 'graph.contoso.example')).toBe(proxy);
});

test.each(['SOCKS5 socks:1080', 'PROXY', 'PROXY not:a:port', 'garbage'])('%s leads nowhere, and says so', (answer) => {
  expect(() => proxyOf(answer, 'graph.contoso.example')).toThrow(/graph\.contoso\.example could not be reached/u);
});
