import type { Json } from '../world.ts';
import type { Random } from './random.ts';
import { dayMs, isoTicks } from './time.ts';

export interface AuditTarget {
  id: string;
  type: 'User' | 'Group' | 'ServicePrincipal' | 'Other';
  name: string | null;
  upn?: string | null;
}

export interface AuditEntry {
  atMs: number;
  activity: string;
  category: 'UserManagement' | 'GroupManagement' | 'ApplicationManagement' | 'ProvisioningManagement';
  by: 'admin' | 'dynamic-groups' | 'provisioning' | 'directory';
  targets: AuditTarget[];
  /** Changed properties with their old and new values, written as Graph does: JSON inside text. */
  changes?: { name: string; oldValue: string | boolean | null; newValue: string | boolean | null }[];
}

/** Directory audit events of the last 30 days, in the order in which they happened. */
export interface AuditTrail {
  add(entry: AuditEntry): void;
  render(nowMs: number): Json[];
}

const retentionMs = 30 * dayMs;

const operation = (activity: string): string => {
  const word = activity.split(' ')[0] ?? '';
  return { Add: 'Assign', Remove: 'Unassign', Delete: 'Delete', Hard: 'Delete', Restore: 'Add' }[word] ?? 'Update';
};

const quoted = (value: string | boolean | null): string | null =>
  value === null ? null : JSON.stringify(typeof value === 'boolean' ? [value] : value);

export const createAuditTrail = (options: {
  random: Random;
  admin: { id: string; upn: string };
  keepFromMs: number;
}): AuditTrail => {
  const entries: (AuditEntry & { id: string })[] = [];

  const initiator = (by: AuditEntry['by']): Json => {
    if (by === 'admin') {
      const user = { id: options.admin.id, displayName: null, userPrincipalName: options.admin.upn, ipAddress: null };
      return { user, app: null };
    }
    const displayName = {
      'dynamic-groups': 'Microsoft Approval Management',
      provisioning: 'Azure AD Provisioning Service',
      directory: 'Microsoft Entra ID',
    }[by];
    return { user: null, app: { appId: null, displayName, servicePrincipalId: null, servicePrincipalName: null } };
  };

  const render = (entry: AuditEntry & { id: string }): Json => ({
    id: entry.id,
    category: entry.category,
    correlationId: entry.id.split('_')[1],
    result: 'success',
    resultReason: '',
    activityDisplayName: entry.activity,
    activityDateTime: isoTicks(entry.atMs),
    loggedByService: entry.category === 'ProvisioningManagement' ? 'Account Provisioning' : 'Core Directory',
    operationType: operation(entry.activity),
    initiatedBy: initiator(entry.by),
    targetResources: entry.targets.map((target, index) => ({
      id: target.id,
      displayName: target.name,
      type: target.type,
      userPrincipalName: target.upn ?? null,
      groupType: target.type === 'Group' ? 'azureAD' : null,
      modifiedProperties:
        index > 0
          ? []
          : (entry.changes ?? []).map((change) => ({
              displayName: change.name,
              oldValue: quoted(change.oldValue),
              newValue: quoted(change.newValue),
            })),
    })),
    additionalDetails: [],
  });

  let rendered: { nowMs: number; count: number; events: Json[] } | null = null;
  return {
    add(entry) {
      if (entry.atMs < options.keepFromMs) return;
      entries.push({ ...entry, id: `Directory_${options.random.guid()}_${entries.length}` });
    },
    render(nowMs) {
      if (rendered?.nowMs !== nowMs || rendered.count !== entries.length) {
        const events = entries
          .filter((entry) => entry.atMs >= nowMs - retentionMs && entry.atMs <= nowMs)
          .map(render)
          .reverse();
        rendered = { nowMs, count: entries.length, events };
      }
      return rendered.events;
    },
  };
};
