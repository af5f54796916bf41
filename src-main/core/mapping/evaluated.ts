/** A value that nobody can tell, with the reason as a sentence part such as "the function CStr is not evaluated". */
export interface CannotEvaluate {
  readonly problem: string;
}

/** What an expression yields for one object. Null is "no value": it is never sent. provisioning-semantics.md 2. */
export type Evaluated = string | boolean | null | CannotEvaluate;

/** Reads one value of an object; compiled once, called for each. */
export type Read<S> = (subject: S) => Evaluated;

export const cannotEvaluate = (problem: string): CannotEvaluate => Object.freeze({ problem });

export const isUnknown = (value: Evaluated): value is CannotEvaluate => typeof value === 'object' && value !== null;

/** Null and the empty text: neither is sent nor matched. */
export const isEmpty = (value: Evaluated): value is null | '' => value === null || value === '';

/** Booleans are written as Entra writes them in texts. */
export const textOf = (value: string | boolean): string => {
  if (typeof value === 'string') return value;
  return value ? 'True' : 'False';
};
