const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A character by its code point, `[U+202E]`: what cannot be shown is still told. */
export const namedCharacter = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/**
 * Text for reading: control characters, and those that turn the direction of what follows, become visible. A name
 * must neither end a file nor make another one read backwards.
 */
export const visibleText = (text: string): string => text.toWellFormed().replace(unseen, namedCharacter);
