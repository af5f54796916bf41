import type { LogStatus } from '../../../contract/models/provisioning-event.ts';
import type { Statements } from '../statements.ts';

/** One combination of status, action and benign. */
export interface LogClass {
  id: number;
  status: LogStatus;
  action: string;
  benign: boolean;
}

interface ClassRow {
  id: number;
  status: string;
  action: string;
  benign: number;
}

const all = 'SELECT id, status, action, benign FROM log_classes ORDER BY id';
const insert = 'INSERT INTO log_classes (status, action, benign) VALUES (?, ?, ?) RETURNING id';
const find = 'SELECT id FROM log_classes WHERE status = ? AND action = ? AND benign = ?';

export const readClasses = (statements: Statements): LogClass[] =>
  statements
    .get<[], ClassRow>(all)
    .all()
    .map((row) => ({ ...row, status: row.status as LogStatus, benign: row.benign === 1 }));

/** The word that stands for a class in the full-text index. */
export const classWord = (id: number): string => `k${id}`;

/** The word that stands for an issue there. Different issues may share it: rows are checked again. */
export const issueWord = (issueKey: string): string => `i${issueKey.replace(/[^A-Za-z0-9]/g, '').slice(0, 200)}`;

/** What stands in the second column of the full-text index. */
export const classWords = (classId: number, issueKey: string | null): string =>
  issueKey === null ? classWord(classId) : `${classWord(classId)} ${issueWord(issueKey)}`;

/** The class of a row, made when it is new. Only inside a write transaction. */
export const internClass = (statements: Statements, status: string, action: string, benign: boolean): number => {
  const parameters = [status, action, benign ? 1 : 0];
  const row =
    statements.get<unknown[], { id: number }>(find).get(...parameters) ??
    statements.get<unknown[], { id: number }>(insert).get(...parameters);
  if (!row) throw new Error('the class was not stored');
  return row.id;
};
