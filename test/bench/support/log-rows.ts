import { readLogRecord } from '../../../src-main/core/log/read-log-record.ts';
import type { LogRecord } from '../../../src-main/core/model/log.ts';

/** What the made-up log is about; all rows follow from their number, so any part can be made without the rest. */
export interface LogShape {
  rows: number;
  days: number;
  people: number;
  endMs: number;
  /** Of which job; any by default. */
  ids?: { tenantId: string; servicePrincipalId: string; jobId: string };
}

const given = ['Mara', 'Zoë', 'Łucja', 'Anton', 'Ines', 'Jonas', 'Priya', 'Tomás', 'Wren', 'Yusuf', 'Nele', 'Omar'];
const family = ['Quill', 'Ångström', 'Nord', 'Vey', 'Castellan', 'Brook', 'Imre', 'Sato', 'Oduya', 'Lindqvist', 'Falk'];
const failures = [
  ['EntryConflict', 'The value of attribute userName is taken by another account.'],
  ['SystemForCrossDomainIdentityManagementServiceIncompatible', 'UNIFI answered 400 with a body that is not SCIM.'],
  ['InsufficientRights', 'UNIFI answered 403 (Forbidden) to PATCH.'],
  ['SchemaInvalid', 'The required attribute name.familyName has no value.'],
  ['TimeOut', 'UNIFI did not answer within 30 seconds.'],
] as const;

/** Spreads numbers; the same every time. */
const mix = (value: number): number => {
  let hash = Math.imul(value ^ 0x9e3779b9, 2654435761);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489917);
  return (hash ^ (hash >>> 16)) >>> 0;
};

const guid = (kind: number, value: number): string => {
  const hex = (part: number): string =>
    mix(value * 7 + kind * 1009 + part)
      .toString(16)
      .padStart(8, '0');
  const all = hex(1) + hex(2) + hex(3) + hex(4);
  return `${all.slice(0, 8)}-${all.slice(8, 12)}-4${all.slice(13, 16)}-8${all.slice(17, 20)}-${all.slice(20, 32)}`;
};

export const cycleMs = 40 * 60_000;
const personId = (person: number): string => guid(1, person);
export const somePerson = (shape: LogShape, value: number): string => personId(mix(value) % shape.people);
export const cycleId = (atMs: number): string => guid(3, Math.floor(atMs / cycleMs));

/** The time of a row: the first tenth is one long initial cycle, the rest is spread over the days. */
export const rowTimeMs = (shape: LogShape, row: number): number => {
  const startMs = shape.endMs - shape.days * 86_400_000;
  const initial = Math.floor(shape.rows / 10);
  const initialMs = 10 * 3_600_000;
  const ms =
    row < initial
      ? startMs + (row / initial) * initialMs
      : startMs + initialMs + ((row - initial) / (shape.rows - initial)) * (shape.days * 86_400_000 - initialMs);
  return Math.floor(ms / 1000) * 1000;
};

/** A row as Graph sends it. */
export const graphRow = (shape: LogShape, row: number): Record<string, unknown> => {
  const dice = mix(row);
  const person = mix(row * 3 + 1) % shape.people;
  const name = `${given[person % given.length]} ${family[mix(person) % family.length]} ${person}`;
  const upn = `user${person}@demo.example`;
  const atMs = rowTimeMs(shape, row);
  const roll = dice % 1000;
  const status = roll < 40 ? 'failure' : roll < 45 ? 'warning' : roll < 500 ? 'skipped' : 'success';
  const action = row < shape.rows / 10 ? 'create' : roll % 50 === 0 ? 'delete' : roll % 17 === 0 ? 'disable' : 'update';
  const [code, reason] = failures[mix(dice) % 100 < 95 ? mix(dice) % 3 : 3 + (dice % 2)] ?? failures[0];
  const failed = status === 'failure' || status === 'warning';
  const skip = dice % 400 === 1 ? 'ImportSkipped' : dice % 2 === 0 ? 'RedundantExport' : 'NotEffectivelyEntitled';
  return {
    id: guid(2, row),
    activityDateTime: new Date(atMs).toISOString().replace('.000', ''),
    tenantId: shape.ids?.tenantId ?? guid(9, 1),
    jobId: shape.ids?.jobId ?? 'unifi.example.4f1d',
    cycleId: cycleId(atMs),
    changeId: guid(4, row),
    provisioningAction: action,
    durationInMilliseconds: dice % 2000,
    servicePrincipal: { id: shape.ids?.servicePrincipalId ?? guid(9, 2), displayName: 'UNIFI' },
    sourceSystem: { id: guid(9, 3), displayName: 'Microsoft Entra ID', details: {} },
    targetSystem: { id: guid(9, 4), displayName: 'UNIFI', details: { ApplicationId: guid(9, 5) } },
    initiatedBy: { id: '', displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
    sourceIdentity: {
      id: personId(person),
      displayName: name,
      identityType: 'User',
      details: { id: personId(person), odatatype: 'User', DisplayName: name, UserPrincipalName: upn },
    },
    targetIdentity: { id: `unifi-${person}`, displayName: name, identityType: 'User', details: {} },
    provisioningStatusInfo: {
      status,
      errorInformation: failed
        ? { errorCode: code, reason: `${reason} (user ${upn})`, errorCategory: 'failure', recommendedAction: null }
        : null,
    },
    provisioningSteps: [
      {
        name: 'EntryImport',
        provisioningStepType: 'import',
        status: 'success',
        description: `Received User '${upn}' change of type (Update) from Microsoft Entra ID`,
        details: {
          objectId: personId(person),
          accountEnabled: 'True',
          displayName: name,
          mailNickname: `user${person}`,
        },
      },
      {
        name: 'EntrySynchronizationScoping',
        provisioningStepType: 'scoping',
        status: 'success',
        description: 'Determine if User in scope by evaluating against each scoping filter',
        details: { 'Active in the source system': 'True', 'Assigned to the application': 'True' },
      },
      {
        name: status === 'skipped' ? 'EntrySynchronizationSkip' : 'EntryExportUpdate',
        provisioningStepType: 'export',
        status: failed ? 'failure' : status,
        description: failed ? reason : `User '${upn}' was handled in UNIFI`,
        details: status === 'skipped' ? { SkipReason: skip } : {},
      },
    ],
    modifiedProperties: [
      { displayName: 'displayName', oldValue: null, newValue: name },
      { displayName: 'emails[type eq "work"].value', oldValue: null, newValue: `mail${person}@demo.example` },
    ],
  };
};

/** A row ready to be stored. */
export const logRecordOf = (shape: LogShape, row: number): LogRecord => {
  const graph = graphRow(shape, row);
  const record = readLogRecord(graph, JSON.stringify(graph));
  if (!record) throw new Error(`row ${row} was not understood`);
  return record;
};
