import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { FieldProblem } from '../../contract/failure.ts';
import { signInModes } from '../../contract/models/connection.ts';
import type { ConnectionFile } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';
import { isLoopback } from '../net/clouds.ts';

const guid = /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;
/** A tenant is named by its id or by one of its domains; `common` and the like are no tenant. */
const tenant = /^(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?:[a-zA-Z0-9-]{1,63}\.)+[a-zA-Z]{2,63})$/;
const secretName = /secret|token|passw|credential|certificate|api-?_?key|private|assertion|pin\b/i;
const maxFileBytes = 1_048_576;

const idRule = (what: string): z.ZodString =>
  z
    .string({ error: 'must be text' })
    .regex(guid, { error: `must be ${what}, such as 0a1b2c3d-0000-4000-8000-000000000000` });

/** Why an address is refused, as a sentence part; null when it is good. Custom hosts have no path. */
const addressProblem = (address: string, kind: 'host' | 'scim'): string | null => {
  if (!URL.canParse(address)) return 'must be an address such as https://host.example';
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(address))) {
    return 'must be an https address (http is accepted for this computer only)';
  }
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  if (url.hash !== '') return 'must not contain a #';
  if (kind === 'host') {
    return url.pathname === '/' && url.search === '' ? null : 'must be the address of a host, without a path';
  }
  const foreign = [...url.searchParams].some(([key, value]) => !/^aadopt\w+$/i.test(key) || value !== '');
  return foreign ? 'must not have a query (a flag such as ?aadOptscim062020 is accepted)' : null;
};

const address = (kind: 'host' | 'scim'): z.ZodString =>
  z
    .string({ error: 'must be text' })
    .max(2_000, { error: 'is too long' })
    .superRefine((value, context) => {
      const problem = addressProblem(value, kind);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    });

const customHosts = z
  .strictObject({ authority: address('host'), graph: address('host') })
  .describe('Hosts given by hand: https, or http on this computer (127.0.0.1, localhost, [::1])');

/** The shape of a connection file. Never a secret: unknown fields are refused by name. */
export const connectionFileSchema = z
  .strictObject({
    name: z
      .string({ error: 'must be text' })
      .trim()
      .min(1, { error: 'must not be empty' })
      .max(100, { error: 'must not be longer than 100 characters' })
      .regex(/^\P{Cc}*$/u, { error: 'must be a single line' })
      .describe('What the connection is called'),
    cloud: z
      .union([z.enum(['global', 'usgov', 'usgov-dod', 'china']), customHosts], {
        error: (issue) => cloudProblem(issue.input),
      })
      .describe('The cloud of the tenant, or hosts given by hand'),
    tenantId: z
      .string({ error: 'must be text' })
      .regex(tenant, { error: 'must be the id of the tenant, or one of its domains' })
      .describe('Id or a domain of the tenant'),
    clientId: idRule('the application (client) id of the app registration').describe('Application id used to sign in'),
    signIn: z
      .enum(signInModes, { error: `must be one of ${signInModes.join(', ')}` })
      .describe('How to sign in; secrets come from the environment, a prompt or the key store'),
    servicePrincipalId: idRule('the object id of the enterprise application')
      .optional()
      .describe('Object id of the UNIFI enterprise application; found by itself when left out'),
    jobId: z
      .string({ error: 'must be text' })
      .regex(/^[\w.-]{1,200}$/, { error: 'must be the id of a provisioning job' })
      .optional()
      .describe('Id of the provisioning job; found by itself when there is only one'),
    scim: z
      .strictObject({ baseUrl: address('scim').describe('SCIM base address, ending just before "Users"') })
      .describe('Where UNIFI answers'),
    keepLogsDays: z
      .int({ error: 'must be a whole number of days' })
      .min(1, { error: 'must be at least 1' })
      .max(36_500, { error: 'must not be more than 36500' })
      .optional()
      .describe('Days that rows of the provisioning log are kept; for ever when left out'),
  })
  .describe('A connection of the UNIFI Provisioning Monitor: one tenant, one application, one UNIFI address');

/** Custom hosts with a single wrong field are told so; anything else is no cloud at all. */
function cloudProblem(input: unknown): string {
  const hosts = customHosts.safeParse(input);
  const problem = typeof input === 'object' && input !== null ? hosts.error?.issues[0] : undefined;
  if (problem === undefined) return 'must be global, usgov, usgov-dod, china, or an object with authority and graph';
  const field = problem.path.join('.');
  return problem.code === 'unrecognized_keys'
    ? `has unknown fields: ${problem.keys.join(', ')}`
    : `${field === '' ? 'it' : field} ${problem.message}`;
}

/** The JSON schema of the file, as `docs/connection.schema.json` holds it. */
export const connectionFileJsonSchema = (): unknown => z.toJSONSchema(connectionFileSchema, { io: 'input' });

const unknownField = (path: string, key: string): FieldProblem => ({
  field: path === '' ? key : `${path}.${key}`,
  reason: secretName.test(key)
    ? 'looks like a secret; secrets never stand in a connection file, give it by prompt, standard input or environment'
    : 'is not a field of a connection file',
});

const problemsOf = (issue: z.core.$ZodIssue): FieldProblem[] => {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(path, key));
  if (issue.code === 'invalid_union') {
    const inner = issue.errors
      .at(-1)
      ?.filter((problem) => problem.path.length > 0 || problem.code === 'unrecognized_keys');
    if (inner !== undefined && inner.length > 0) {
      return inner.flatMap((problem) => problemsOf({ ...problem, path: [...issue.path, ...problem.path] }));
    }
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return [{ field: path === '' ? 'the file' : path, reason: missing ? 'is missing' : issue.message }];
};

/** Checks the content of a connection file. Throws `input-invalid` naming every wrong field, never its value. */
export const parseConnectionFile = (json: unknown): ConnectionFile => {
  const checked = connectionFileSchema.safeParse(json, { reportInput: true });
  if (checked.success) return checked.data as ConnectionFile;
  const fields = checked.error.issues.flatMap(problemsOf);
  throw new AppError({
    code: 'input-invalid',
    message: `The connection has wrong fields: ${fields.map(({ field }) => field).join(', ')}.`,
    advice: 'Correct the named fields; docs/connection.schema.json describes them all.',
    fields,
  });
};

/** Reads a connection file. Throws `file-unreadable` naming the file, and `input-invalid`. */
export const readConnectionFile = async (file: string): Promise<ConnectionFile> => {
  const unreadable = (why: string, cause: unknown): AppError =>
    new AppError(
      {
        code: 'file-unreadable',
        message: `The connection file ${file} ${why}.`,
        advice: 'Check the path and the content; docs/connection.schema.json describes the file.',
        file,
      },
      { cause },
    );
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadable('could not be read', cause);
  }
  if (text.length > maxFileBytes) throw unreadable('is too large for a connection file', undefined);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's message quotes the text, which may hold anything.
    throw unreadable('is not JSON', undefined);
  }
  return parseConnectionFile(json);
};
