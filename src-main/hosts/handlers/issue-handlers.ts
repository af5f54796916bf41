import type { IssueMethods } from '../../contract/methods/issues.ts';
import { getIssue, listIssues, muteIssue, unmuteIssue, type IssueOptions } from '../../services/issues/read-issues.ts';
import { createViewReader } from '../../services/views/read-view.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';
import type { Session } from '../sessions.ts';
import { whoDecides } from '../who-decides.ts';

const optionsOf = async (session: Session): Promise<IssueOptions> => ({
  store: await session.history(),
  clock: session.clock,
  jobId: session.connection.jobId ?? null,
});

/** Issues of the provisioning log, and the named views, from the stored history alone. */
export const createIssueHandlers = ({ sessions, events }: HostContext): Pick<Handlers, keyof IssueMethods> => {
  const readView = createViewReader();
  const changed = (session: Session): void =>
    events.emit('dataChanged', { connectionId: session.connection.id, what: 'issues' });

  return {
    async listIssues({ connection, filter, page }) {
      return listIssues({ ...(await optionsOf(await sessions.of(connection))), filter, page });
    },
    async getIssue({ connection, id }) {
      return getIssue({ ...(await optionsOf(await sessions.of(connection))), id });
    },
    async muteIssue({ connection, id, note }) {
      const session = await sessions.of(connection);
      const by = await whoDecides(session.signIn);
      const issue = await muteIssue({ ...(await optionsOf(session)), id, by, note: note?.trim() || null });
      changed(session);
      return issue;
    },
    async unmuteIssue({ connection, id }) {
      const session = await sessions.of(connection);
      const issue = await unmuteIssue({ ...(await optionsOf(session)), id });
      changed(session);
      return issue;
    },
    async listView({ connection, view, filter, page }) {
      return readView({ ...(await optionsOf(await sessions.of(connection))), view, filter, page });
    },
  };
};
