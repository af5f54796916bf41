import type { z } from 'zod';
import type { Input, MethodName, Methods } from '../../contract/api.ts';

/** One guard for every method of a subject; a missing one does not compile. */
export type GuardsOf<M extends Partial<Methods>> = { [N in keyof M & MethodName]: z.ZodType<Input<N>> };
