import { isLoopback } from '../../adapters/net/clouds.ts';

/** The window's own scheme: a real origin, unlike `file:`, so that 'self' in the policy means only our files. */
export const windowScheme = 'unifi-monitor';
export const windowAddress = `${windowScheme}://window/`;

/** True for an address of our own page, whatever view it shows. */
export const isWindowAddress = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${windowScheme}:` && url.host === 'window';
};

/** Pages of Microsoft that the window's links may open: sign-in, device code, administration, documentation. */
const linkHosts = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
  'microsoft.com',
  'www.microsoft.com',
  'aka.ms',
  'learn.microsoft.com',
  'entra.microsoft.com',
  'entra.microsoft.us',
]);

/** True for an https link without credentials or port to a host that the window may open in the system's browser. */
export const mayOpenOutside = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    linkHosts.has(url.hostname)
  );
};

/** True for an address where a sign-in may begin: https, or http on this computer (the demo tenant, custom hosts). */
export const isSignInAddress = (address: string): boolean =>
  URL.canParse(address) &&
  (new URL(address).protocol === 'https:' || (new URL(address).protocol === 'http:' && isLoopback(address)));
