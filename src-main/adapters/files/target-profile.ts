import { z } from 'zod';
import type { FieldProblem } from '../../contract/failure.ts';
import type { TargetProfile } from '../../contract/models/target-profile.ts';
import { AppError } from '../../core/app-error.ts';
import { address } from './address.ts';
import { readJsonFile } from './read-json-file.ts';

const word = (what: string): z.ZodString =>
  z
    .string({ error: 'must be text' })
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(200, { error: 'must not be longer than 200 characters' })
    .regex(/^\P{Cc}*$/u, { error: 'must be a single line' })
    .describe(what);

const words = (what: string, least: number) =>
  z
    .array(word('One of them'), { error: 'must be a list of texts' })
    .min(least, { error: 'must name at least one' })
    .max(200, { error: 'must not have more than 200 entries' })
    .describe(what);

const scimPath = z
  .string({ error: 'must be text' })
  .max(500, { error: 'must not be longer than 500 characters' })
  .regex(/^[A-Za-z][\w$.:[\] "-]*$/u, { error: 'must be a SCIM path such as name.givenName' });

const paths = (what: string, least: number) =>
  z
    .array(scimPath, { error: 'must be a list of SCIM paths' })
    .min(least, { error: 'must name at least one' })
    .max(200, { error: 'must not have more than 200 entries' })
    .describe(what);

const objectShape = (what: string) =>
  z
    .strictObject(
      {
        attributes: paths('SCIM paths that the article of the vendor maps', 1),
        filterable: paths('SCIM paths that the target can look up with a filter: the possible matching attributes', 1),
      },
      { error: 'must be an object' },
    )
    .describe(what);

const fields = {
  name: word('What people call the application'),
  application: z
    .strictObject(
      {
        names: words('Parts of the display name, or of a tag, of the enterprise application', 1),
        templates: words('Gallery templates: the templateId of a job, or the begin of its id', 0),
      },
      { error: 'must be an object' },
    )
    .describe('How the enterprise application and its job are found in Entra'),
  baseUrls: z
    .array(address('scim'), { error: 'must be a list of addresses' })
    .min(1, { error: 'must name at least one' })
    .max(50, { error: 'must not have more than 50 entries' })
    .describe("The vendor's own SCIM base addresses, ending just before Users; the first is proposed"),
  users: objectShape('Accounts'),
  groups: objectShape('Groups'),
};

/** The shape of a profile without the version of its file: what callers may send. */
export const targetProfileSchema: z.ZodType<TargetProfile> = z.strictObject(fields);

const fileSchema = z
  .strictObject(
    {
      version: z.literal(1, { error: 'must be 1' }).describe('Version of this format'),
      ...fields,
    },
    { error: 'must be an object' },
  )
  .describe('A target profile of the UNIFI Provisioning Monitor: one SCIM application');

/** The JSON schema of the file, as `docs/target-profile.schema.json` holds it. */
export const targetProfileJsonSchema = (): unknown => z.toJSONSchema(fileSchema, { io: 'input' });

const problemsOf = (issue: z.core.$ZodIssue): FieldProblem[] => {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: path === '' ? key : `${path}.${key}`,
      reason: 'is not a field of a target profile',
    }));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return [{ field: path === '' ? 'the file' : path, reason: missing ? 'is missing' : issue.message }];
};

/** Checks the content of a target profile. Throws `input-invalid` naming every wrong field. */
export const parseTargetProfile = (json: unknown): TargetProfile => {
  const checked = fileSchema.safeParse(json, { reportInput: true });
  if (checked.success) {
    const { version: _version, ...profile } = checked.data;
    return profile;
  }
  const wrong = checked.error.issues.flatMap(problemsOf);
  throw new AppError({
    code: 'input-invalid',
    message: `The target profile has wrong fields: ${wrong.map(({ field }) => field).join(', ')}.`,
    advice: 'Correct the named fields; docs/target-profile.md describes them all.',
    fields: wrong,
  });
};

/** Reads a target profile. Throws `file-unreadable` naming the file, and `input-invalid`. */
export const readTargetProfile = async (file: string): Promise<TargetProfile> =>
  parseTargetProfile(
    await readJsonFile(file, { what: 'target profile', described: 'docs/target-profile.md describes the file' }),
  );
