import { expect, test } from 'vitest';
import { knownErrors, type ErrorActor, type ErrorFamily } from '../../../../src-main/core/errors/error-codes.ts';
import { explainError } from '../../../../src-main/core/errors/explain-error.ts';
import { explainQuarantine } from '../../../../src-main/core/health/explain-quarantine.ts';
import { describeLogRow } from '../../../../src-main/core/log/describe-log-row.ts';
import { readLogRecord } from '../../../../src-main/core/log/read-log-record.ts';
import type { LogRowDetail } from '../../../../src-main/contract/models/provisioning-event.ts';
import { failedReason, failedRow, skippedRow } from '../log/log-rows.ts';

/** Where a code is met: in a failing row, as the reason of a skip, as that of a quarantine, or in an answer of Graph. */
type Place = 'failure' | 'skip' | 'quarantine' | 'graph';

/** Every documented code (provisioning-error-codes.json), where it is met, of which family it is, and who acts. */
const table: [code: string, place: Place, family: ErrorFamily, actor: ErrorActor][] = [
  ['Conflict', 'failure', 'conflict', 'entra-admin'],
  ['EntryConflict', 'failure', 'conflict', 'entra-admin'],
  ['ContosoEntryConflict', 'failure', 'conflict', 'entra-admin'],
  ['TooManyRequests', 'failure', 'throttling', 'nobody'],
  ['InternalServerError', 'failure', 'target-fault', 'vendor'],
  ['Timeout', 'failure', 'connectivity', 'vendor'],
  ['WebExceptionProtocolError', 'failure', 'connectivity', 'unifi-admin'],
  ['NotImplemented', 'failure', 'target-fault', 'vendor'],
  ['LicenseLimitExceeded', 'failure', 'licence', 'unifi-admin'],
  ['InsufficientRights', 'failure', 'authorization', 'unifi-admin'],
  ['MethodNotAllowed', 'failure', 'authorization', 'unifi-admin'],
  ['NotPermitted', 'failure', 'authorization', 'unifi-admin'],
  ['Unauthorized', 'failure', 'authorization', 'unifi-admin'],
  ['UnprocessableEntity', 'failure', 'data', 'entra-admin'],
  ['MandatoryFieldsMissing', 'failure', 'data', 'entra-admin'],
  ['MissingValues', 'failure', 'data', 'entra-admin'],
  ['SchemaAttributeNotFound', 'failure', 'configuration', 'entra-admin'],
  ['SchemaPropertyCanOnlyAcceptValue', 'failure', 'data', 'entra-admin'],
  ['InvalidDomain', 'failure', 'data', 'unifi-admin'],
  ['InternalError', 'failure', 'entra-fault', 'microsoft'],
  ['InvalidAnchor', 'failure', 'matching', 'unifi-admin'],
  ['DuplicateTargetEntries', 'failure', 'matching', 'unifi-admin'],
  ['DuplicateSourceEntries', 'failure', 'matching', 'entra-admin'],
  ['ImportSkipped', 'skip', 'scope', 'entra-admin'],
  ['EntrySynchronizationSkipped', 'skip', 'scope', 'entra-admin'],
  ['NotEffectivelyEntitled', 'skip', 'scope', 'entra-admin'],
  ['RedundantExport', 'skip', 'scope', 'nobody'],
  ['UnableToResolveReferenceAttributeValue', 'failure', 'reference', 'entra-admin'],
  ['SystemForCrossDomainIdentityManagementMultipleEntriesInResponse', 'failure', 'scim-compliance', 'vendor'],
  ['SystemForCrossDomainIdentityManagementServiceIncompatible', 'failure', 'scim-compliance', 'vendor'],
  ['SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering', 'failure', 'scim-compliance', 'vendor'],
  ['SystemForCrossDomainIdentityManagementBadRequest', 'failure', 'scim-compliance', 'vendor'],
  ['SystemForCrossDomainIdentityManagementCredentialValidationFailure', 'quarantine', 'authorization', 'unifi-admin'],
  [
    'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
    'quarantine',
    'connectivity',
    'unifi-admin',
  ],
  ['CredentialValidationUnavailable', 'quarantine', 'connectivity', 'unifi-admin'],
  ['InvalidCredentials', 'quarantine', 'authorization', 'unifi-admin'],
  ['SalesforceInvalidCredentials', 'quarantine', 'authorization', 'entra-admin'],
  ['AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService', 'failure', 'cross-tenant', 'entra-admin'],
  ['AzureDirectoryB2BManagementPolicyCheckFailure', 'failure', 'cross-tenant', 'entra-admin'],
  ['AzureActiveDirectoryQuotaLimitExceeded', 'failure', 'cross-tenant', 'entra-admin'],
  ['InvitationCreationFailure', 'failure', 'cross-tenant', 'microsoft'],
  ['InvitationCreationFailureUserAccountDisabled', 'failure', 'cross-tenant', 'entra-admin'],
  ['InvitationCreationFailureInvalidPropertyValue', 'failure', 'cross-tenant', 'entra-admin'],
  ['InvitationCreationFailureAmbiguousUser', 'failure', 'cross-tenant', 'entra-admin'],
  ['AzureActiveDirectoryForbidden', 'failure', 'cross-tenant', 'entra-admin'],
  ['AzureActiveDirectoryCannotUpdateObjectsMasteredOnPremises', 'failure', 'cross-tenant', 'entra-admin'],
  ['EntityTypeNotSupported', 'failure', 'cross-tenant', 'nobody'],
  ['InvalidAttributeSyntax-LdapErr', 'failure', 'data', 'entra-admin'],
  ['HybridSynchronizationActiveDirectoryInsufficientAccessRights', 'failure', 'authorization', 'entra-admin'],
  ['HybridSynchronizationActiveDirectoryCannotFindAttribute', 'failure', 'configuration', 'entra-admin'],
  ['SystemForCrossDomainIdentityManagementBadResponse', 'failure', 'data', 'entra-admin'],
  ['ServiceNowCredentialsValidation', 'quarantine', 'authorization', 'entra-admin'],
  ['EncounteredQuarantineException', 'quarantine', 'quarantine', 'unifi-admin'],
  ['EncounteredEscrowProportionThreshold', 'quarantine', 'quarantine', 'entra-admin'],
  ['EncounteredBaseEscrowThreshold', 'quarantine', 'quarantine', 'entra-admin'],
  ['EncounteredTotalEscrowThreshold', 'quarantine', 'quarantine', 'entra-admin'],
  ['QuarantinedOnDemand', 'quarantine', 'quarantine', 'microsoft'],
  ['TooManyDeletes', 'quarantine', 'quarantine', 'entra-admin'],
  ['IngestionInterrupted', 'quarantine', 'quarantine', 'microsoft'],
  ['Unknown', 'quarantine', 'quarantine', 'microsoft'],
  ['Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'graph', 'graph-read', 'entra-admin'],
  ['Authorization_RequestDenied', 'graph', 'graph-read', 'entra-admin'],
  ['syncStateNotFound', 'graph', 'graph-read', 'nobody'],
  ['resyncRequired', 'graph', 'graph-read', 'nobody'],
];

const describeRow = (raw: Record<string, unknown>): LogRowDetail => {
  const text = JSON.stringify(raw);
  const record = readLogRecord(raw, text);
  if (!record) throw new Error('the row was not understood');
  const { id, at, action, status, errorCode, cycleId, changeId, benign } = record;
  const subject = {
    type: record.subjectType,
    entraId: record.sourceId,
    scimId: record.targetId,
    name: record.sourceName ?? '',
    upn: record.sourceUpn,
  };
  const reason = status === 'skipped' ? record.skipReason : record.reason;
  return describeLogRow({ id, at, action, status, subject, errorCode, reason, cycleId, changeId, benign }, text);
};

const failedWith = (code: string): Record<string, unknown> => {
  const row = failedRow('the service says so');
  const info = row['provisioningStatusInfo'] as { errorInformation: object };
  return {
    ...row,
    provisioningStatusInfo: { ...info, errorInformation: { ...info.errorInformation, errorCode: code } },
  };
};

test('the table has every code that the product knows, and no other', () => {
  expect(table.map(([code]) => code).toSorted()).toEqual(knownErrors.map(({ code }) => code).toSorted());
});

test.each(table)('%s (%s) has a meaning, causes, an actor and a remedy of its own', (code, place, family, actor) => {
  const known = knownErrors.find((one) => one.code === code);
  expect(known).toMatchObject({ family, whoActs: actor });
  expect(known?.likelyCauses.every((cause) => cause.length > 3)).toBe(true);
  const expected = { code, match: 'exact', knownAs: code, meaning: known?.meaning, remedy: known?.remedy };
  switch (place) {
    case 'failure': {
      const detail = describeRow(failedWith(code));
      expect(detail.explanation).toMatchObject(expected);
      expect(detail.explanation?.answer).toMatchObject({ httpStatus: 400, detail: 'the service says so' });
      // The connector's name in front changes nothing of what it means.
      expect(describeRow(failedWith(`Unifi${code}`)).explanation?.meaning).toBe(known?.meaning);
      break;
    }
    case 'skip':
      expect(describeRow(skippedRow({ SkipReason: code })).explanation).toMatchObject(expected);
      break;
    case 'quarantine': {
      const error = { code, message: failedReason('no'), tenantActionable: true };
      const quarantine = {
        reason: code,
        error,
        currentBegan: null,
        seriesBegan: null,
        seriesCount: 1,
        nextAttempt: null,
      };
      const explained = explainQuarantine(quarantine, Date.parse('2026-11-20T12:00:00Z'));
      expect(explained).toMatchObject({ reason: code, errorCode: code, errorMeaning: known?.meaning });
      expect(explained.meaning.length).toBeGreaterThan(10);
      expect(explainError(code, null)).toMatchObject(expected);
      break;
    }
    case 'graph':
      expect(known?.concerns).toBe('graph');
      expect(explainError(code, null)).toMatchObject(expected);
  }
});
