const simple = /^[!-~](?:[ -~]*[!-~])?$/u;

/** Text as it is compared: Unicode NFC and trimmed. findings.md 1 and 2. */
export const normalText = (text: string): string => (simple.test(text) ? text : text.normalize('NFC').trim());

/** The same without regard to case, as match values are compared. */
export const matchKey = (text: string): string => normalText(text).toLowerCase();
