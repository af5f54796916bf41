/**
 * What the window's page may do, the same in a browser and in Electron: only its own files, no inline script or
 * style, no frames, no forms.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ');

/** Headers of every answer that the window loads. */
export const windowHeaders: Record<string, string> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

/**
 * True for a path that is a place inside the window (a view, a connection, whatever its name) and gets the page; the
 * built files are `/assets/...` and single names with an extension.
 */
export const isPlaceInWindow = (path: string): boolean =>
  !path.startsWith('/assets/') && !/^\/[^/]*\.[^/]*$/u.test(path);
