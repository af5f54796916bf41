import type { FilterRules } from './filter-rules.ts';

const insensitive = { caseSensitive: false, lower: false } as const;
const name = ['eq', 'startswith', 'in'] as const;

/** Filters of `/users` that the app could use. */
export const userFilters: FilterRules = {
  ...insensitive,
  logic: ['and', 'or'],
  properties: {
    id: ['eq', 'in'],
    userPrincipalName: name,
    mail: name,
    displayName: name,
    employeeId: ['eq', 'in'],
    accountEnabled: ['eq'],
    department: ['eq', 'in'],
  },
};

export const groupFilters: FilterRules = {
  ...insensitive,
  logic: ['and', 'or'],
  properties: {
    id: ['eq', 'in'],
    displayName: name,
    mail: name,
    mailEnabled: ['eq'],
    securityEnabled: ['eq'],
    'groupTypes/any/$it': ['eq'],
    groupTypes: ['any'],
  },
};

export const deletedUserFilters: FilterRules = {
  ...insensitive,
  logic: ['and', 'or'],
  properties: { id: ['eq', 'in'], userPrincipalName: ['eq', 'startswith', 'endswith'], displayName: name },
};

/** graph-provisioning.md 2, row 2: by name, application id and tag; there is no filter for a part of a tag. */
export const servicePrincipalFilters: FilterRules = {
  ...insensitive,
  logic: ['and', 'or'],
  properties: {
    id: ['eq', 'in'],
    displayName: ['eq', 'startswith'],
    appId: ['eq'],
    tags: ['any'],
    'tags/any/$it': ['eq'],
  },
};

/** graph-provisioning.md 7: the principal's name is the only property of an assignment that can be filtered. */
export const assignmentFilters: FilterRules = {
  ...insensitive,
  logic: [],
  properties: { principalDisplayName: ['eq', 'startswith'] },
};

/** `category` is not among the documented filters of the audit log. */
export const auditFilters: FilterRules = {
  caseSensitive: true,
  lower: false,
  logic: ['and', 'or'],
  properties: {
    id: ['eq'],
    activityDateTime: ['eq', 'gt', 'lt', 'ge', 'le'],
    activityDisplayName: ['eq', 'startswith'],
    correlationId: ['eq'],
    loggedByService: ['eq'],
    'initiatedBy/user/id': ['eq'],
    'initiatedBy/user/userPrincipalName': ['eq', 'startswith'],
    'initiatedBy/user/displayName': ['eq'],
    'initiatedBy/app/appId': ['eq'],
    'initiatedBy/app/displayName': ['eq'],
    targetResources: ['any'],
    'targetResources/any/id': ['eq'],
    'targetResources/any/displayName': ['eq', 'startswith'],
  },
};
