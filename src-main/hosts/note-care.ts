import type { CareTaskName } from '../contract/models/care.ts';
import type { Session } from './sessions.ts';

/** Writes down what was done for a history's file. What only reads a case file leaves it as it is. */
export const noteCare = async (session: Session, task: CareTaskName, good: boolean): Promise<void> => {
  if (session.connection.caseFile) return;
  await (await session.history()).care.note(task, new Date().toISOString(), good);
};
