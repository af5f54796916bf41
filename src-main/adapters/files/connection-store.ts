import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isMissing } from './is-missing.ts';
import type { Connection, ConnectionFile } from '../../contract/models/connection.ts';
import { AppError, isAppError } from '../../core/app-error.ts';
import type { ConnectionStore, SavedConnectionExtra } from '../../services/ports.ts';
import { connectionFileSchema } from './connection-file.ts';
import { fileUnwritable, writeAtomically } from './write-atomically.ts';
import { makeFolder } from './make-folder.ts';

const fileVersion = 1;
const idPattern = /^[a-z0-9][a-z0-9-]{0,60}$/;
/** Names that Windows keeps for devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

const caseState = z.strictObject({ run: z.string(), at: z.string() });

const storedSchema = connectionFileSchema.safeExtend({
  version: z.literal(fileVersion),
  id: z.string().regex(idPattern),
  createdAt: z.iso.datetime(),
  demo: z.boolean(),
  trustedHosts: z.array(z.string()),
  caseFile: z
    .strictObject({
      format: z.literal(1),
      version: z.string(),
      connection: z.string(),
      tenantId: z.string(),
      jobId: z.string().nullable(),
      writtenAt: z.string(),
      collectedAt: z.string().nullable(),
      scope: z.union([
        z.strictObject({ what: z.literal('all') }),
        z.strictObject({ what: z.enum(['person', 'finding']), id: z.string() }),
        z.strictObject({ what: z.literal('period'), from: z.string(), to: z.string() }),
      ]),
      states: z.strictObject({ first: caseState, last: caseState }).nullable().optional(),
      redacted: z.boolean(),
      redactionKeyId: z.string().nullable(),
      sha256: z.string(),
    })
    .optional(),
});

const damaged = (file: string, cause: unknown): AppError =>
  new AppError(
    {
      code: 'store-damaged',
      message: `The saved connection ${file} cannot be read.`,
      advice: 'Restore the file from a backup, or move its folder away and connect the tenant again.',
      file,
    },
    { cause },
  );

const unsavable = (name: string, error: z.ZodError): AppError =>
  new AppError({
    code: 'input-invalid',
    message: `The connection "${name}" cannot be saved as it is.`,
    advice: 'Correct the fields that are named.',
    fields: error.issues.map(({ path, message }) => ({ field: path.join('.'), reason: message })),
  });

const newer = (file: string): AppError =>
  new AppError({
    code: 'store-newer',
    message: `The saved connection ${file} was written by a newer version of this program.`,
    advice: 'Update the program.',
    file,
  });

/** Folder name for a name: `Contoso Ltd. (test)` becomes `contoso-ltd-test`. */
const slugOf = (name: string): string => {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return slug === '' || reserved.test(slug) ? `connection${slug === '' ? '' : `-${slug}`}` : slug;
};

const sameName = (left: string, right: string): boolean =>
  left.normalize('NFC').toLowerCase() === right.normalize('NFC').toLowerCase();

const asCandidates = (connections: Connection[]): { id: string; name: string; detail: string }[] =>
  connections.map(({ id, name, tenantId }) => ({ id, name, detail: `tenant ${tenantId}` }));

const unknownConnection = (wanted: string | undefined, known: Connection[]): AppError =>
  new AppError({
    code: 'connection-unknown',
    message:
      wanted === undefined ? 'There is no connection yet.' : `There is no connection with the name or id "${wanted}".`,
    advice: known.length === 0 ? 'Connect a tenant first.' : `Use one of: ${known.map(({ name }) => name).join(', ')}.`,
  });

const ambiguous = (connections: Connection[]): AppError =>
  new AppError({
    code: 'selection-ambiguous',
    message: `There are ${connections.length} connections that could be meant.`,
    advice: 'Say which one with --connection and its id.',
    candidates: asCandidates(connections),
  });

/**
 * Saved connections below `connections/` of the data directory: a folder each with `connection.json` and the history
 * `history.db`. Written as a whole or not at all. Throws `store-damaged` and `store-newer` naming the file,
 * `file-unwritable`, `connection-unknown`, `selection-ambiguous`.
 */
export const createConnectionStore = (dataDirectory: string): ConnectionStore => {
  const root = join(dataDirectory, 'connections');
  const fileOf = (id: string): string => join(root, id, 'connection.json');

  /** Null when there is none: a folder without the file is a connection that was never finished, or is half deleted. */
  const read = async (id: string): Promise<Connection | null> => {
    const file = fileOf(id);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return null;
      throw damaged(file, error);
    }
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      throw damaged(file, error);
    }
    const version: unknown = typeof json === 'object' && json !== null && 'version' in json ? json.version : null;
    if (typeof version === 'number' && version > fileVersion) throw newer(file);
    const checked = storedSchema.safeParse(json);
    if (!checked.success) throw damaged(file, checked.error);
    const { version: _, ...connection } = checked.data;
    return { ...connection, id } as Connection;
  };

  const folders = async (): Promise<string[]> => {
    try {
      const entries = await readdir(root, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory() && idPattern.test(entry.name)).map(({ name }) => name);
    } catch (error) {
      if (isMissing(error)) return [];
      throw damaged(root, error);
    }
  };

  const list = async (): Promise<Connection[]> => {
    const connections = await Promise.all((await folders()).map(read));
    return connections
      .filter((connection) => connection !== null)
      .sort((left, right) => left.name.localeCompare(right.name, 'en') || left.id.localeCompare(right.id, 'en'));
  };

  /** The folder of the connection with this name, or a new one that no other connection has. */
  const placeFor = async (name: string): Promise<string> => {
    const existing = (await list()).find((connection) => sameName(connection.name, name));
    if (existing !== undefined) return existing.id;
    const taken = new Set(await folders());
    const slug = slugOf(name);
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? slug : `${slug}-${number}`;
      if (!taken.has(id)) return id;
    }
  };

  const save = async (file: ConnectionFile, extra: SavedConnectionExtra): Promise<Connection> => {
    const id = await placeFor(file.name);
    const { demo, trustedHosts, createdAt, caseFile } = extra;
    // In the order in which it is read again: a session is known by its whole connection.
    const connection: Connection = { ...file, id, createdAt, demo, trustedHosts, ...(caseFile ? { caseFile } : {}) };
    const path = fileOf(id);
    const stored = { version: fileVersion, ...connection };
    // What could not be read again would keep every connection from being listed.
    const checked = storedSchema.safeParse(stored);
    if (!checked.success) throw unsavable(connection.name, checked.error);
    try {
      makeFolder(join(root, id));
    } catch (error) {
      throw fileUnwritable(path, error);
    }
    const text = `${JSON.stringify(stored, null, 2)}\n`;
    await writeAtomically(path, [text], { force: true, mode: 0o600 });
    return connection;
  };

  let queue: Promise<unknown> = Promise.resolve();

  return {
    list,
    find: async (idOrName) => {
      if (idOrName !== undefined && idPattern.test(idOrName)) {
        const direct = await read(idOrName);
        if (direct !== null) return direct;
      }
      const all = await list();
      const found = idOrName === undefined ? all : all.filter(({ name }) => sameName(name, idOrName));
      const [first, second] = found;
      if (first === undefined) throw unknownConnection(idOrName, all);
      if (second !== undefined) throw ambiguous(found);
      return first;
    },
    // One after the other: two new connections must not choose the same folder.
    save: (file, extra) => {
      const saved = queue.then(() => save(file, extra));
      queue = saved.catch((error: unknown) => {
        if (!isAppError(error)) throw error;
      });
      return saved;
    },
    delete: async (id) => {
      if (!idPattern.test(id) || !(await folders()).includes(id)) throw unknownConnection(id, await list());
      const folder = join(root, id);
      try {
        // First the file that makes the folder a connection: a killed deletion leaves none behind.
        await rm(fileOf(id), { force: true });
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      } catch (error) {
        throw fileUnwritable(folder, error);
      }
    },
    databaseFile: (id) => {
      if (!idPattern.test(id)) throw new Error('A connection id that no folder can have.');
      return join(root, id, 'history.db');
    },
  };
};
