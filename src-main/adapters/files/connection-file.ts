import { z } from 'zod';
import type { FieldProblem } from '../../contract/failure.ts';
import { signInModes } from '../../contract/models/connection.ts';
import type { ConnectionFile } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';
import { address } from './address.ts';
import { readJsonFile } from './read-json-file.ts';

const guid = /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;
/** A tenant is named by its id or by one of its domains; `common` and the like are no tenant. */
const tenant = /^(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?:[a-zA-Z0-9-]{1,63}\.)+[a-zA-Z]{2,63})$/;
const secretName = /secret|token|passw|credential|certificate|api-?_?key|private|assertion|pin\b/i;

const idRule = (what: string): z.ZodString =>
  z
    .string({ error: 'must be text' })
    .regex(guid, { error: `must be ${what}, such as 0a1b2c3d-0000-4000-8000-000000000000` });

const customHosts = z
  .strictObject({ authority: address('host'), graph: address('host') })
  .describe('Hosts given by hand: https, or http on this computer (127.0.0.1, localhost, [::1])');

const days = (what: string): z.ZodOptional<z.ZodInt> =>
  z
    .int({ error: 'must be a whole number of days' })
    .min(1, { error: 'must be at least 1' })
    .max(36_500, { error: 'must not be more than 36500' })
    .optional()
    .describe(`Days that ${what} are kept; for ever when left out`);

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
    keepLogsDays: days('rows of the provisioning log'),
    keepStatesDays: days('past states of lists, people and findings'),
    keepAuditDays: days('events of the audit log'),
    keepRunsDays: days('the ledger of collections and entries that were not understood'),
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
export const readConnectionFile = async (file: string): Promise<ConnectionFile> =>
  parseConnectionFile(
    await readJsonFile(file, { what: 'connection file', described: 'docs/connection.schema.json describes the file' }),
  );
