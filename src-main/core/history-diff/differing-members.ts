const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Behind the string whose opening quote is at `start`. */
const endOfString = (json: string, start: number): number => {
  let at = start + 1;
  while (at < json.length) {
    const unit = json.charCodeAt(at);
    if (unit === quote) return at + 1;
    at += unit === backslash ? 2 : 1;
  }
  return at;
};

/** Behind the value that begins at `start`: at the comma that follows, or at the bracket that closes what it is in. */
const endOfValue = (json: string, start: number): number => {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    const unit = json.charCodeAt(at);
    if (unit === quote) {
      at = endOfString(json, at);
      continue;
    }
    if (unit === openBrace || unit === openBracket) {
      depth += 1;
    } else if (unit === closeBrace || unit === closeBracket) {
      if (depth === 0) return at;
      depth -= 1;
    } else if (unit === comma && depth === 0) {
      return at;
    }
    at += 1;
  }
  return at;
};

/** With how many characters both texts end. */
const sameEnd = (before: string, after: string): number => {
  let at = before.length - 1;
  let other = after.length - 1;
  while (at >= 0 && before.charCodeAt(at) === after.charCodeAt(other)) {
    at -= 1;
    other -= 1;
  }
  return before.length - 1 - at;
};

/** The value that a text of JSON stands for; nearly all are strings in which nothing is escaped. */
const valueOf = (json: string): unknown =>
  json.charCodeAt(0) === quote && !json.includes('\\') ? json.slice(1, -1) : (JSON.parse(json) as unknown);

/** Called with the name of the object that a member is in, null for the outermost, the member's name and its values. */
type Visit = (container: string | null, name: string, before: unknown, after: unknown) => void;

/** Two objects of JSON that are read beside each other, and where in each. */
interface Reading {
  readonly before: string;
  readonly after: string;
  /** With how many characters both end. */
  readonly same: number;
  at: number;
  other: number;
}

/**
 * Reads both objects from behind their opening braces to behind their closing ones, or to where the rest of both texts
 * is the same; false when they do not name the same members in the same order.
 */
const readMembers = (reading: Reading, container: string | null, visit: Visit): boolean => {
  const { before, after, same } = reading;
  let { at, other } = reading;
  let member = at;
  let otherMember = other;
  /** How much further the value of the member begins; 0 while its name is read. */
  let nameLength = 0;
  let depth = 0;
  for (;;) {
    let unit = before.charCodeAt(at);
    // Behind its end no text equals another.
    let isSame = unit === after.charCodeAt(other);
    if (isSame && unit === quote) {
      // Most of an object is strings. What is escaped ends none, and is compared like the rest.
      do {
        const step = unit === backslash && before.charCodeAt(at + 1) === after.charCodeAt(other + 1) ? 2 : 1;
        at += step;
        other += step;
        unit = before.charCodeAt(at);
        isSame = unit === after.charCodeAt(other);
      } while (isSame && unit !== quote);
    }
    if (!isSame) {
      if (nameLength === 0) return false;
      at = member + nameLength;
      other = otherMember + nameLength;
      // Without its colon.
      const name = String(valueOf(before.slice(member, at - 1)));
      if (container === null && before.charCodeAt(at) === openBrace && after.charCodeAt(other) === openBrace) {
        reading.at = at + 1;
        reading.other = other + 1;
        if (!readMembers(reading, name, visit)) return false;
        ({ at, other } = reading);
      } else {
        const end = endOfValue(before, at);
        const otherEnd = endOfValue(after, other);
        visit(container, name, valueOf(before.slice(at, end)), valueOf(after.slice(other, otherEnd)));
        at = end;
        other = otherEnd;
      }
      const left = before.length - at;
      if (left <= same && left === after.length - other) {
        reading.at = at;
        reading.other = other;
        return true;
      }
      // One of them ends where the other goes on.
      if (before.charCodeAt(at) !== after.charCodeAt(other)) return false;
      depth = 0;
      continue;
    }
    at += 1;
    other += 1;
    if (unit === colon) {
      if (nameLength === 0) nameLength = at - member;
    } else if (unit === openBrace || unit === openBracket) {
      depth += 1;
    } else if (unit === closeBrace || unit === closeBracket) {
      if (depth === 0) {
        reading.at = at;
        reading.other = other;
        return true;
      }
      depth -= 1;
    } else if (unit === comma && depth === 0) {
      member = at;
      otherMember = other;
      nameLength = 0;
    }
  }
};

/**
 * Visits the members that differ between two objects written as JSON without white space; of an object in both, those
 * of its members. What is the same in hundreds of thousands of versions is never made into values. False when it cannot
 * be told from the texts, because the objects name other members or name them in another order: then what was visited
 * is not all.
 *
 * The texts must be valid: they are JSON.stringify's own.
 */
export const differingMembers = (before: string, after: string, visit: Visit): boolean =>
  before.charCodeAt(0) === openBrace &&
  after.charCodeAt(0) === openBrace &&
  readMembers({ before, after, same: sameEnd(before, after), at: 1, other: 1 }, null, visit);
