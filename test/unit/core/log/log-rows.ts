/** A created user, in Graph's shape. Invented values. */
export const createdRow = {
  id: '5d0f7a31-8c1e-4b7b-9a52-0d6f6f2c1a01',
  activityDateTime: '2026-08-11T09:14:22Z',
  jobId: 'unifi.7b0c1d5293a14f0e8d562f1b6f0c9e11.c2b1f6de-4a53-4a1d-b7a5-0a2d7f9e6611',
  cycleId: '0c9b0b58-0a1f-4a2b-9d77-6cf5f8a3d2aa',
  changeId: 'a6f0d1c9-5b1e-47c4-8b0b-3f5d2c7e9b10',
  provisioningAction: 'create',
  durationInMilliseconds: 1834,
  servicePrincipal: { id: '3f8c2a77-1b64-4b58-9a0e-5f1f2b3c4d5e', displayName: 'UNIFI' },
  sourceSystem: { displayName: 'Microsoft Entra ID', details: {} },
  targetSystem: { displayName: 'UNIFI', details: { ServicePrincipalId: '3f8c2a77-1b64-4b58-9a0e-5f1f2b3c4d5e' } },
  initiatedBy: { id: '', displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
  sourceIdentity: {
    id: 'b41c7e5a-2f0d-4a0e-8f55-8f0f4b1f7a21',
    displayName: 'Ada Brandt',
    identityType: 'User',
    details: { odatatype: 'User', DisplayName: 'Ada Brandt', UserPrincipalName: 'ada.brandt@contoso.example' },
  },
  targetIdentity: {
    id: 'u-20418',
    displayName: '',
    identityType: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    details: {},
  },
  provisioningStatusInfo: { status: 'success', errorInformation: null },
  provisioningSteps: [
    {
      name: 'EntryImportAdd',
      provisioningStepType: 'import',
      status: 'success',
      description: 'Received User change of type (Add) from Microsoft Entra ID',
      details: { objectId: 'b41c7e5a-2f0d-4a0e-8f55-8f0f4b1f7a21', IsSoftDeleted: 'False' },
    },
    {
      name: 'EntrySynchronizationScoping',
      provisioningStepType: 'scoping',
      status: 'success',
      description: 'Determine if User in scope',
      details: {
        'Active in the source system': 'True',
        'Assigned to the application': 'True',
        'Scoping filter evaluation passed': 'True',
        ScopeEvaluationResult: '{"Design office.department EQUALS \'Design\'":true}',
      },
    },
  ],
  modifiedProperties: [
    { displayName: 'userName', oldValue: null, newValue: 'ada.brandt@contoso.example' },
    { displayName: 'active', oldValue: null, newValue: 'True' },
  ],
};

export const failedReason = (detail: string, retries = 0): string =>
  'StatusCode: BadRequest Message: Processing of the HTTP request resulted in an exception. Web Response: ' +
  JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '400', detail }) +
  `. This operation was retried ${retries} times. It will be retried again after this date: 2026-08-11T15:20:01Z UTC`;

export const failedRow = (detail: string, retries = 0): Record<string, unknown> => ({
  ...createdRow,
  targetIdentity: { ...createdRow.targetIdentity, id: '' },
  provisioningStatusInfo: {
    status: 'failure',
    errorInformation: {
      errorCode: 'SystemForCrossDomainIdentityManagementBadRequest',
      errorCategory: 'nonServiceFailure',
      reason: failedReason(detail, retries),
      additionalDetails: null,
      recommendedAction: null,
    },
  },
  provisioningSteps: [
    ...createdRow.provisioningSteps,
    { name: 'EntryExportAdd', provisioningStepType: 'export', status: 'failure', description: 'Failed', details: {} },
  ],
});

export const skippedRow = (details: Record<string, string>): Record<string, unknown> => ({
  ...createdRow,
  provisioningAction: 'other',
  provisioningStatusInfo: { status: 'skipped', errorInformation: null },
  provisioningSteps: [
    { name: 'EntrySynchronizationSkip', provisioningStepType: 'export', status: 'skipped', description: '', details },
  ],
});
