/**
 * The claims of a challenge as JSON text, null when the header is none. msal-desktop.md 6: `WWW-Authenticate` with
 * `error="insufficient_claims"` and `claims` in base64.
 */
export const readClaimsChallenge = (header: string | null): string | null => {
  if (header === null || !/\berror="insufficient_claims"/iu.test(header)) return null;
  const encoded = /\bclaims="([^"]+)"/iu.exec(header)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? text : null;
  } catch (error) {
    // Not a challenge that could be answered; the 401 then stands as it is.
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
};
