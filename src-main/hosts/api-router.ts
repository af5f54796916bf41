import { methodNames, type Api, type Input, type MethodName, type Output } from '../contract/api.ts';
import type { Failure, Result } from '../contract/failure.ts';
import { failureOf, type BugLog } from '../services/failure-of.ts';
import { inputGuards } from './input-guards.ts';

/** The work behind every method; it throws what goes wrong. */
export type Handlers = { readonly [M in MethodName]: (input: Input<M>) => Promise<Output<M>> };

export interface Router {
  api: Api;
  /** For callers that send text and may send anything. */
  call(method: string, rawInput: unknown): Promise<Result<unknown>>;
}

const isMethodName = (name: string): name is MethodName => (methodNames as string[]).includes(name);

const refused = (failure: Failure): Result<never> => ({ version: 1, ok: false, failure });

/** Name and raw input, guard, handler, Result: the one place where errors are caught. */
export const createRouter = (handlers: Handlers, bugs: BugLog): Router => {
  const call = async (method: string, rawInput: unknown): Promise<Result<unknown>> => {
    if (!isMethodName(method)) {
      return refused({
        code: 'input-invalid',
        message: 'There is no such method.',
        advice: 'Use one of the methods of the contract; the window may be older or newer than the program.',
        fields: [{ field: 'method', reason: 'is unknown' }],
      });
    }
    const checked = inputGuards[method].safeParse(rawInput ?? {});
    if (!checked.success) {
      const fields = checked.error.issues.flatMap((issue) => {
        const path = issue.path.join('.');
        return issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({ field: path === '' ? key : `${path}.${key}`, reason: 'is not known here' }))
          : [{ field: path, reason: issue.message }];
      });
      return refused({
        code: 'input-invalid',
        message: fields.length === 1 ? 'One field is not accepted.' : `${fields.length} fields are not accepted.`,
        advice: 'Correct the named fields and try again.',
        fields,
      });
    }
    try {
      const handler = handlers[method] as (input: unknown) => Promise<unknown>;
      return { version: 1, ok: true, value: await handler(checked.data) };
    } catch (error) {
      return refused(failureOf(error, bugs, method));
    }
  };
  const api = Object.fromEntries(methodNames.map((name) => [name, (input: unknown) => call(name, input)]));
  return { api: api as unknown as Api, call };
};
