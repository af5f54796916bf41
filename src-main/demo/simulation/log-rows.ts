import type { Random } from './random.ts';
import { isoSeconds } from './time.ts';

export type RowStatus = 'success' | 'failure' | 'skipped' | 'warning';
export type StepType = 'import' | 'scoping' | 'matching' | 'processing' | 'referenceResolution' | 'export';

export interface Step {
  name: string;
  type: StepType;
  status: RowStatus;
  description: string;
  details: Record<string, string | null>;
}

export interface RowSubject {
  type: 'User' | 'Group';
  id: string;
  name: string | null;
  upn: string | null;
}

export interface RowContent {
  atMs: number;
  cycleId: string;
  action: 'create' | 'update' | 'disable' | 'delete' | 'other' | 'stagedDelete';
  status: RowStatus;
  subject: RowSubject;
  /** Empty when there is none, as Graph writes it. */
  targetId: string;
  steps: Step[];
  modified: { name: string; oldValue: string | null; newValue: string | null }[];
  error: { code: string; category: string; reason: string; recommendedAction: string | null } | null;
}

/** The job and application that rows belong to. */
export interface RowOrigin {
  tenantId: string;
  jobId: string;
  servicePrincipalId: string;
  servicePrincipalName: string;
  applicationId: string;
}

const targetTypes = {
  User: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  Group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
};
/** All still emitted, one for another. graph-provisioning.md 13. */
const sourceNames = ['Microsoft Entra ID', 'Azure Active Directory'];
const initiators = ['Azure AD Provisioning Service', 'Microsoft Entra Provisioning Service'];

const text = JSON.stringify;

const stepText = (step: Step, titleCase: boolean): string => {
  const type = titleCase ? `${step.type[0]?.toUpperCase() ?? ''}${step.type.slice(1)}` : step.type;
  return (
    `{"name":"${step.name}","provisioningStepType":"${type}","status":"${step.status}",` +
    `"description":${text(step.description)},"details":${text(step.details)}}`
  );
};

/**
 * Writes rows as `provisioningObjectSummary` has them, built by hand because there can be a million.
 * graph-provisioning.md 4; a few rows have the odd spellings of section 13.
 */
export const createRowWriter = (origin: RowOrigin, random: Random): ((content: RowContent) => string) => {
  const head = `"tenantId":"${origin.tenantId}","jobId":"${origin.jobId}","cycleId":"`;
  const sourceId = random.guid();
  const targetSystemId = random.guid();
  const systems = sourceNames.map(
    (name) =>
      `"servicePrincipal":{"id":"${origin.servicePrincipalId}","displayName":"${origin.servicePrincipalName}"},` +
      `"sourceSystem":{"id":"${sourceId}","displayName":"${name}","details":{}},` +
      `"targetSystem":{"id":"${targetSystemId}","displayName":"${origin.servicePrincipalName}","details":{` +
      `"ApplicationId":"${origin.applicationId}","ServicePrincipalId":"${origin.servicePrincipalId}",` +
      `"ServicePrincipalDisplayName":"${origin.servicePrincipalName}"}},`,
  );
  const startedBy = initiators.map(
    (name) => `"initiatedBy":{"id":"","displayName":"${name}","initiatorType":"system"},`,
  );

  return (content) => {
    const { subject, error } = content;
    const odd = random.below(64);
    const action = content.action === 'stagedDelete' && odd % 2 === 0 ? 'stageddelete' : content.action;
    const name = text(subject.name ?? '');
    const details =
      subject.type === 'User'
        ? `{"id":"${subject.id}","odatatype":"User","DisplayName":${name},"UserPrincipalName":${text(subject.upn)}}`
        : `{"id":"${subject.id}","odatatype":"Group","DisplayName":${name}}`;
    const errorText =
      error === null
        ? 'null'
        : `{"errorCode":"${error.code}","errorCategory":"${error.category}","reason":${text(error.reason)},` +
          `"additionalDetails":null,"recommendedAction":${text(error.recommendedAction)}}`;
    return (
      `{"id":"${random.guid()}","activityDateTime":"${isoSeconds(content.atMs)}",${head}${content.cycleId}",` +
      `"changeId":"${random.guid()}","provisioningAction":"${action}",` +
      `"durationInMilliseconds":${String(200 + random.below(2600))},` +
      `${systems[odd === 7 ? 1 : 0] as string}${startedBy[odd === 9 ? 1 : 0] as string}` +
      `"sourceIdentity":{"id":"${subject.id}","displayName":${name},"identityType":"${subject.type}","details":${details}},` +
      `"targetIdentity":{"id":"${content.targetId}","displayName":"","identityType":"${targetTypes[subject.type]}","details":{}},` +
      `"provisioningStatusInfo":{"status":"${content.status}","errorInformation":${errorText}},` +
      `"provisioningSteps":[${content.steps.map((step) => stepText(step, odd === 11)).join(',')}],` +
      `"modifiedProperties":[${content.modified
        .map((one) => `{"displayName":"${one.name}","oldValue":${text(one.oldValue)},"newValue":${text(one.newValue)}}`)
        .join(',')}]}`
    );
  };
};
