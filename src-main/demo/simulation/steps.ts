import type { Account, Group, Person } from './model.ts';
import { clauseHolds, displayName, userFilter, type SourceState } from './rules.ts';
import type { RowStatus, RowSubject, Step } from './log-rows.ts';

/** The steps of a row as the service tells them. provisioning-semantics.md 6, graph-provisioning.md 4. */

const flag = (value: boolean): string => (value ? 'True' : 'False');

export const reportable = (subject: RowSubject): string => subject.upn ?? subject.name ?? subject.id;

export const personSubject = (person: Person): RowSubject => ({
  type: 'User',
  id: person.id,
  name: displayName(person),
  upn: person.upn,
});

export const groupSubject = (group: Group): RowSubject => ({
  type: 'Group',
  id: group.id,
  name: group.name,
  upn: null,
});

export const importStep = (person: Person, state: SourceState, change: 'Add' | 'Update' | 'Delete'): Step => ({
  name: `EntryImport${change}`,
  type: 'import',
  status: 'success',
  description: `Received User '${person.upn ?? person.id}' change of type (${change}) from Microsoft Entra ID`,
  details: {
    objectId: person.id,
    accountEnabled: flag(person.enabled),
    displayName: displayName(person),
    ...(person.department === null ? {} : { department: person.department }),
    ...(person.employeeId === null ? {} : { employeeId: person.employeeId }),
    givenName: person.given,
    surname: person.family,
    ...(person.upn === null ? {} : { userPrincipalName: person.upn }),
    IsSoftDeleted: flag(state !== 'in-scope'),
    appRoleAssignments: state === 'not-entitled' || state === 'gone' ? '' : 'User',
  },
});

const filterResults = new Map<string, string>();

/** `{filter}.{attribute} {operator} '{value}'` and whether it held, as JSON; the same for everybody alike. */
const filterResult = (person: Person): string => {
  const { department, enabled, country, employeeType } = person;
  const key = `${department ?? ''} ${String(enabled)} ${country} ${employeeType}`;
  const known = filterResults.get(key);
  if (known !== undefined) return known;
  const result: Record<string, boolean> = {};
  for (const { name, clauses } of userFilter) {
    for (const clause of clauses) {
      const value = clause.value === undefined ? '' : ` '${clause.value}'`;
      result[`${name}.${clause.attribute} ${clause.operator}${value}`] = clauseHolds(clause, person);
    }
  }
  const text = JSON.stringify(result);
  filterResults.set(key, text);
  return text;
};

export const scopingStep = (
  person: Person,
  facts: { assigned: boolean; passes: boolean; status: RowStatus },
): Step => ({
  name: 'EntrySynchronizationScoping',
  type: 'scoping',
  status: facts.status,
  description: 'Determine if User in scope by evaluating against each scoping filter',
  details: {
    'Active in the source system': flag(person.enabled && person.deletedMs === 0),
    'Assigned to the application': flag(facts.assigned),
    'User has the required role': flag(facts.assigned),
    'Scoping filter evaluation passed': flag(facts.passes),
    ScopeEvaluationResult: filterResult(person),
  },
});

export const matchingStep = (subject: RowSubject, account: Account | null): Step => {
  const name = reportable(subject);
  return account === null
    ? {
        name: 'EntrySynchronizationAdd',
        type: 'matching',
        status: 'success',
        description: `User '${name}' will be created in UNIFI (User is active and assigned in Microsoft Entra ID, but no matching User was found in UNIFI)`,
        details: {},
      }
    : {
        name: 'EntryImport',
        type: 'matching',
        status: 'success',
        description: `Retrieved User '${account.userName}' from UNIFI`,
        details: {
          id: account.id,
          userName: account.userName,
          externalId: account.externalId,
          active: flag(account.active),
          displayName: account.display,
        },
      };
};

const exportWords = {
  create: { name: 'EntryExportAdd', done: 'was created in', failed: 'Failed to create' },
  update: { name: 'EntryExportUpdate', done: 'was updated in', failed: 'Failed to update' },
  disable: { name: 'EntryExportUpdate', done: 'was disabled in', failed: 'Failed to disable' },
  delete: { name: 'EntryExportDelete', done: 'was deleted from', failed: 'Failed to delete' },
};

export const exportStep = (
  subject: RowSubject,
  operation: keyof typeof exportWords,
  status: 'success' | 'failure' | 'warning',
): Step => {
  const words = exportWords[operation];
  const name = reportable(subject);
  return {
    name: words.name,
    type: 'export',
    status,
    description:
      status === 'failure'
        ? `${words.failed} ${subject.type} '${name}' in UNIFI`
        : `${subject.type} '${name}' ${words.done} UNIFI`,
    details: { ReportableIdentifier: name },
  };
};

const skipReasons: Readonly<Record<string, string>> = {
  'not-entitled':
    '1) This object is not assigned to the application. If you did not expect the object to be skipped, assign the object to the application or change your scoping filter to allow all users in scope for provisioning.',
  disabled: '1) This object is not active in the source system.',
  'soft-deleted': '1) This object is not active in the source system.',
  'filtered-out': '1) This object does not meet the scoping filter criteria.',
  'in-scope': '1) This object does not have required entitlement for provisioning.',
};

export const skipStep = (
  subject: RowSubject,
  facts: { reason: string; state: SourceState; active: boolean; assigned: boolean; passes: boolean },
): Step => ({
  name: 'EntrySynchronizationSkip',
  type: 'export',
  status: 'skipped',
  description:
    facts.reason === 'RedundantExport'
      ? `The state of the ${subject.type} '${reportable(subject)}' in both the source and target systems already match. No change to the ${subject.type} currently needs to be made.`
      : `The ${subject.type} '${reportable(subject)}' will be skipped due to the following reasons: ${skipReasons[facts.state] ?? ''}`,
  details: {
    SkipReason: facts.reason,
    IsActive: flag(facts.active),
    'Assigned to the application': flag(facts.assigned),
    IsInProvisioningScope: flag(facts.passes),
    ReportableIdentifier: reportable(subject),
  },
});

export const groupImportStep = (group: Group, change: 'Add' | 'Update' | 'Delete'): Step => ({
  name: `EntryImport${change}`,
  type: 'import',
  status: 'success',
  description: `Received Group '${group.name ?? group.id}' change of type (${change}) from Microsoft Entra ID`,
  details: {
    objectId: group.id,
    ...(group.name === null ? {} : { displayName: group.name }),
    securityEnabled: flag(group.securityEnabled),
    IsSoftDeleted: flag(change === 'Delete'),
    appRoleAssignments: group.assignment === null ? '' : 'User',
  },
});

export const groupScopingStep = (group: Group, passes: boolean): Step => ({
  name: 'EntrySynchronizationScoping',
  type: 'scoping',
  status: passes ? 'success' : 'skipped',
  description: 'Determine if Group in scope by evaluating against each scoping filter',
  details: {
    'Active in the source system': 'True',
    'Assigned to the application': flag(group.assignment !== null),
    'Group has the required role': flag(group.assignment !== null),
    'Scoping filter evaluation passed': flag(passes),
    ScopeEvaluationResult: JSON.stringify({
      [`No temporary groups.displayName NOT REGEX MATCH '^Tmp .*'`]: passes,
    }),
  },
});
