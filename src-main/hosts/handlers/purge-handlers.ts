import { deleteSavedMentions, findSavedMentions } from '../../adapters/files/saved-mentions.ts';
import type { PurgedIds } from '../../adapters/sqlite/purge/find-person.ts';
import type { PurgeMethods } from '../../contract/methods/purge.ts';
import type { PurgeReceipt } from '../../contract/models/purge.ts';
import { receiptText } from '../../core/purge/receipt-text.ts';
import { recogniseTexts } from '../../core/purge/recognise-texts.ts';
import { findWhom } from '../../services/purge/find-whom.ts';
import type { Handlers } from '../api-router.ts';
import { refuseCaseFile } from '../case-file-connection.ts';
import type { HostContext } from '../host-context.ts';
import type { Session } from '../sessions.ts';
import { runCare } from '../worker/run-care.ts';

const scimPrefix = 'scim:';

const idsOf = (id: string): PurgedIds =>
  id.startsWith(scimPrefix)
    ? { entraIds: [], scimIds: [id.slice(scimPrefix.length)] }
    : { entraIds: [id], scimIds: [] };

const withText = (receipt: PurgeReceipt): { receipt: PurgeReceipt; text: string } => ({
  receipt,
  text: receiptText(receipt),
});

/** Data-protection requests: preview, purge, receipts, lifting. */
export const createPurgeHandlers = (context: HostContext): Pick<Handlers, keyof PurgeMethods> => {
  const { calls, connections, events, sessions } = context;

  const open = async (idOrName: string | undefined): Promise<{ session: Session; file: string }> => {
    const session = await sessions.of(idOrName);
    refuseCaseFile(session.connection);
    // Opened first: the file is made when it is not there, and a newer or foreign one is named.
    await session.history();
    return { session, file: connections.databaseFile(session.connection.id) };
  };
  const changed = ({ connection }: Session): void =>
    events.emit('dataChanged', { connectionId: connection.id, what: 'run' });

  return {
    previewPurge: (input) =>
      calls.run(input.callId, async (signal) => {
        const { session, file } = await open(input.connection);
        const person = await findWhom(await session.history(), input.who);
        const call = { callId: input.callId, signal };
        const { traces, ...found } = await runCare(context, 'rehearse-purge', { file, ids: idsOf(person.id) }, call);
        const saved = await findSavedMentions(file, recogniseTexts(traces));
        return { id: person.id, name: person.name, ...found, ...saved };
      }),
    purgePerson: (input) =>
      calls.run(input.callId, async (signal) => {
        const { session, file } = await open(input.connection);
        const { connection } = session;
        try {
          const { traces, ...done } = await runCare(
            context,
            'purge',
            { file, ids: idsOf(input.id), connection: connection.name },
            { callId: input.callId, signal },
          );
          const counts = await deleteSavedMentions(file, recogniseTexts(traces));
          if (counts.queries + counts.reports === 0) return done;
          return { ...done, receipt: await (await session.history()).purges.noteSaved(done.receipt.id, counts) };
        } finally {
          changed(session);
        }
      }),
    finishPurges: (input) =>
      calls.run(input.callId, async (signal) => {
        const { session, file } = await open(input.connection);
        const finished = await runCare(context, 'finish-purges', { file }, { callId: input.callId, signal });
        changed(session);
        return { finished };
      }),
    async listPurges(input) {
      const session = await sessions.of(input.connection);
      return { purges: await (await session.history()).purges.list() };
    },
    async getPurgeReceipt(input) {
      const session = await sessions.of(input.connection);
      return withText(await (await session.history()).purges.receipt(input.id));
    },
    async liftPurge(input) {
      const { session } = await open(input.connection);
      const receipt = await (await session.history()).purges.lift(input.id, new Date().toISOString());
      changed(session);
      return withText(receipt);
    },
  };
};
