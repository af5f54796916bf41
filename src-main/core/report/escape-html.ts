const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text for element content and quoted attributes. Control characters, which HTML does not have, become U+FFFD, and so
 * do those that turn the direction of what follows: a name must not make another one read backwards.
 */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => named[character] ?? '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
