import type { LogStatus } from '../../contract/models/provisioning-event.ts';
import type { LogRecord } from '../model/log.ts';
import { bag, detail, flag, list, text } from './json-fields.ts';
import type { Bag } from './json-fields.ts';
import { issueKey } from './issue-key.ts';

const statuses: Readonly<Record<string, LogStatus>> = {
  success: 'success',
  failure: 'failure',
  skipped: 'skipped',
  warning: 'warning',
};

/** Enum casing differs between documents and tenants; unknown words stay as they are. */
const actions: Readonly<Record<string, string>> = {
  other: 'other',
  create: 'create',
  update: 'update',
  delete: 'delete',
  disable: 'disable',
  stageddelete: 'stagedDelete',
};

const utcTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What the steps of a row say about scope, collected in one pass. Keys: graph-provisioning.md 4, "Known detail keys". */
interface StepFacts {
  skipReason: string | null;
  active: boolean | null;
  assigned: boolean | null;
  inScope: boolean | null;
  softDeleted: boolean | null;
  objectId: string | null;
  upn: string | null;
}

/** Null unless it is a time that can be sorted; year 1 is Graph's "never". Kept as received when in UTC. */
const readTime = (value: unknown): string | null => {
  if (typeof value !== 'string' || value.startsWith('0001-')) return null;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) return null;
  return utcTime.test(value) ? value : new Date(ms).toISOString();
};

/** `{filter title}.{attribute} {operator} '{value}'`; a title may hold dots, and some operators have no value. */
const clauseKey = /^(?<title>.*?)\.[^.\s]+ [\w!&]+(?: \w+){0,2}(?: '|$)/su;

/**
 * What clauses (JSON inside a string, clause to whether it passed) say together: those of one filter must all pass, of the
 * filters one. Null when they say nothing, or when it depends on which clause is of which filter and a key does not tell.
 * graph-provisioning.md 4, provisioning-semantics.md 2.
 */
const readFilterResult = (value: string | null): boolean | null => {
  if (value === null || !value.startsWith('{')) return null;
  let clauses: [string, unknown][];
  try {
    clauses = Object.entries(JSON.parse(value) as Record<string, unknown>);
  } catch {
    // A shape that nobody documented: it decides nothing.
    return null;
  }
  if (clauses.length === 0) return null;
  const hasPassed = ([, result]: [string, unknown]): boolean => result === true || flag(text(result)) === true;
  if (!clauses.some(hasPassed)) return false;
  if (clauses.every(hasPassed)) return true;
  const filters = Map.groupBy(clauses, ([key]) => clauseKey.exec(key)?.groups?.['title'] ?? null);
  return filters.has(null) ? null : [...filters.values()].some((own) => own.every(hasPassed));
};

const readScope = (details: unknown): boolean | null => {
  const parts = [
    flag(detail(details, 'Scoping filter evaluation passed')),
    flag(detail(details, 'User has the required role') ?? detail(details, 'Group has the required role')),
    flag(detail(details, 'IsInProvisioningScope')),
    readFilterResult(detail(details, 'ScopeEvaluationResult')),
  ];
  if (parts.includes(false)) return false;
  return parts.includes(true) ? true : null;
};

const readSteps = (steps: readonly unknown[]): StepFacts => {
  const facts: StepFacts = {
    skipReason: null,
    active: null,
    assigned: null,
    inScope: null,
    softDeleted: null,
    objectId: null,
    upn: null,
  };
  for (const entry of steps) {
    const step = bag(entry);
    const details = step['details'];
    if (typeof details !== 'object' || details === null) continue;
    if (text(step['provisioningStepType'])?.toLowerCase() === 'import') {
      facts.objectId ??= detail(details, 'objectId');
      facts.upn ??= detail(details, 'userPrincipalName');
      facts.softDeleted ??= flag(detail(details, 'IsSoftDeleted'));
    } else {
      facts.skipReason ??= detail(details, 'SkipReason');
      facts.active ??= flag(detail(details, 'Active in the source system') ?? detail(details, 'IsActive'));
      facts.assigned ??= flag(detail(details, 'Assigned to the application') ?? detail(details, 'Assigned'));
      facts.inScope ??= readScope(details);
    }
  }
  return facts;
};

/**
 * A skip that needs nobody's attention: already equal, or rightly left out. A row that says "not entitled" about an
 * active, assigned object in scope contradicts itself (a damaged assignment) and is not benign.
 * provisioning-semantics.md 6.
 */
const isBenignSkip = (skipReason: string | null, facts: StepFacts): boolean => {
  const leftOut = facts.active === false || facts.assigned === false || facts.inScope === false;
  switch (skipReason?.toLowerCase()) {
    case 'redundantexport':
      return true;
    case 'noteffectivelyentitled':
      return leftOut || facts.active === null || facts.assigned === null;
    case 'importskipped':
      return false;
    default:
      return leftOut;
  }
};

/**
 * An active but unassigned object that is skipped as not entitled shows "assigned only"; one that is created, or that
 * the service does not count as soft-deleted, shows that everyone is in scope. findings.md 4.
 */
const readScopeHint = (action: string, skipReason: string | null, facts: StepFacts): LogRecord['scopeHint'] => {
  if (facts.assigned !== false) return null;
  if (skipReason?.toLowerCase() === 'noteffectivelyentitled') return facts.active === true ? 'assigned-only' : null;
  return action === 'create' || facts.softDeleted === false ? 'sync-all' : null;
};

const subjectTypeOf = (source: Bag, target: Bag): LogRecord['subjectType'] => {
  for (const identity of [source, target]) {
    const type = text(identity['identityType'])?.toLowerCase() ?? '';
    if (type === 'user' || type.endsWith(':user')) return 'user';
    if (type === 'group' || type.endsWith(':group')) return 'group';
  }
  const odata = detail(source['details'], 'odatatype')?.toLowerCase() ?? '';
  if (odata.endsWith('user')) return 'user';
  return odata.endsWith('group') ? 'group' : 'unknown';
};

/** Graph writes ids of directory objects in lower case everywhere else; joins are exact. */
const directoryId = (value: string | null): string | null =>
  value !== null && guid.test(value) ? value.toLowerCase() : value;

/**
 * Graph's `provisioningObjectSummary`, reduced to what is filtered, joined and searched. Null when the row has no id
 * or no time: then it cannot be stored. Everything else may be missing, empty or of another casing.
 * graph-provisioning.md 4 and 13. Written by hand because it runs for a million rows.
 *
 * @param raw the parsed row
 * @param rawText the same row as JSON text, kept as received
 */
export const readLogRecord = (raw: unknown, rawText: string): LogRecord | null => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const row = raw as Bag;
  const id = text(row['id']);
  const at = readTime(row['activityDateTime']);
  if (id === null || at === null) return null;

  const statusInfo = bag(row['provisioningStatusInfo']);
  const status = statuses[text(statusInfo['status'])?.toLowerCase() ?? ''] ?? 'unknown';
  const error = bag(statusInfo['errorInformation']);
  const code = text(error['errorCode']);
  const errorCode = code?.toLowerCase() === 'none' ? null : code;
  const reason = text(error['reason']);
  const word = text(row['provisioningAction']);
  const action = word === null ? 'unknown' : (actions[word.toLowerCase()] ?? word);
  const source = bag(row['sourceIdentity']);
  const target = bag(row['targetIdentity']);
  const facts = readSteps(list(row['provisioningSteps']));
  const skipReason = facts.skipReason ?? (status === 'skipped' ? errorCode : null);
  const sourceName = text(source['displayName']) ?? detail(source['details'], 'DisplayName');
  const sourceUpn = detail(source['details'], 'UserPrincipalName') ?? facts.upn;
  const targetName = text(target['displayName']);
  const duration = row['durationInMilliseconds'];

  return {
    id,
    at,
    action,
    status,
    subjectType: subjectTypeOf(source, target),
    sourceId: directoryId(text(source['id']) ?? detail(source['details'], 'id') ?? facts.objectId),
    sourceName,
    sourceUpn,
    targetId: text(target['id']),
    targetName,
    errorCode,
    reason,
    skipReason,
    cycleId: text(row['cycleId']),
    changeId: text(row['changeId']),
    jobId: text(row['jobId']),
    servicePrincipalId:
      text(bag(row['servicePrincipal'])['id']) ?? detail(bag(row['targetSystem'])['details'], 'ServicePrincipalId'),
    durationMs: typeof duration === 'number' && Number.isFinite(duration) && duration >= 0 ? duration : null,
    benign: status === 'skipped' && isBenignSkip(skipReason, facts),
    issueKey:
      status === 'failure' || status === 'warning'
        ? issueKey(errorCode, reason, [sourceUpn, sourceName, targetName])
        : null,
    scopeHint: readScopeHint(action, skipReason, facts),
    raw: rawText,
  };
};
