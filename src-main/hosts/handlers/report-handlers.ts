import type { ReportMethods } from '../../contract/methods/report.ts';
import { listKinds } from '../../core/report/list-kinds.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';
import type { ReportDesk } from '../report-desk.ts';

/** Reports for a window: previews, downloads in parts, and saved definitions. */
export const createReportHandlers = (
  { calls }: HostContext,
  desk: ReportDesk,
): Pick<Handlers, keyof ReportMethods> => ({
  async listReports(input) {
    const saved = await desk.definitions(input.connection);
    return { kinds: listKinds(input.language ?? 'en'), definitions: await saved.list() };
  },
  previewReport: (input) =>
    calls.run(input.callId, (signal) =>
      desk.preview({
        connection: input.connection,
        options: input.options,
        callId: input.callId,
        signal,
      }),
    ),
  createReport: (input) =>
    calls.run(input.callId, (signal) =>
      desk.prepare(
        { connection: input.connection, options: input.options, callId: input.callId, signal },
        input.format,
      ),
    ),
  readReport: (input) => desk.read(input.id, input.part, input.offset),
  discardReport: async (input) => ({ discarded: await desk.discard(input.id) }),
  async saveReportDefinition(input) {
    const saved = await desk.definitions(input.connection);
    // Only the command line says where files are written; the time is the real one, also where it stands still.
    const definition = { ...input.definition, savedAt: new Date().toISOString() };
    return saved.save(definition, { replace: input.replace ?? false });
  },
  async deleteReportDefinition(input) {
    await (await desk.definitions(input.connection)).delete(input.name);
    return { deleted: input.name };
  },
});
