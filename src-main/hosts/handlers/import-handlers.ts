import { resolve } from 'node:path';
import type { ImportMethods } from '../../contract/methods/import.ts';
import type { Handlers } from '../api-router.ts';
import { refuseCaseFile } from '../case-file-connection.ts';
import type { HostContext } from '../host-context.ts';
import { asOnlyWriter } from '../only-writer.ts';
import { runCare } from '../worker/run-care.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** A retention forgets whole hours. */
const keptFromHour = (ms: number): string => new Date(Math.floor(ms / hourMs) * hourMs).toISOString();

/** Downloads of the portal, taken over into a history. */
export const createImportHandlers = (context: HostContext): Pick<Handlers, keyof ImportMethods> => ({
  importLog: (input) =>
    context.calls.run(input.callId, async (signal) => {
      const session = await context.sessions.of(input.connection);
      const { connection, clock } = session;
      refuseCaseFile(connection);
      // Opened first, so that a damaged or newer file is named before anything is read.
      await session.history();
      try {
        return await asOnlyWriter(context, connection, () =>
          runCare(
            context,
            'import',
            {
              database: context.connections.databaseFile(connection.id),
              files: input.files.map((file) => resolve(file)),
              origin: {
                tenantId: connection.tenantId,
                servicePrincipalId: connection.servicePrincipalId ?? null,
                importedAt: clock.now().toISOString(),
                keptFrom:
                  connection.keepLogsDays === undefined
                    ? null
                    : keptFromHour(clock.now().getTime() - connection.keepLogsDays * dayMs),
              },
            },
            { callId: input.callId, signal },
          ),
        );
      } finally {
        context.events.emit('dataChanged', { connectionId: connection.id, what: 'run' });
      }
    }),
});
