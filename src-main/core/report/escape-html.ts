const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for element content and quoted attributes; control characters, which HTML does not have, become U+FFFD. */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => named[character] ?? '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
