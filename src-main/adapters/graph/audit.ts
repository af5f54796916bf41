import { z } from 'zod';
import type { AuditEvent } from '../../core/model/directory.ts';
import type { AuditSource } from '../../services/ports.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';
import { quoted } from './odata.ts';
import { paginate } from './paginate.ts';
import { readItems } from './read-items.ts';
import { id, optionalText, readTime } from './shapes.ts';

const named = z.object({ displayName: optionalText, userPrincipalName: optionalText }).nullish().catch(null);

const property = z
  .object({ displayName: z.string().min(1), oldValue: optionalText, newValue: optionalText })
  .transform((value) => ({ name: value.displayName, oldValue: value.oldValue, newValue: value.newValue }));

const target = z.object({
  id: optionalText,
  type: optionalText,
  displayName: optionalText,
  userPrincipalName: optionalText,
  modifiedProperties: z.array(z.unknown()).nullish().catch([]),
});

const event = z
  .object({
    id,
    activityDateTime: z.unknown().optional().transform(readTime),
    activityDisplayName: z.string().min(1),
    category: optionalText,
    loggedByService: optionalText,
    result: optionalText,
    initiatedBy: z.object({ user: named, app: named }).nullish().catch(null),
    targetResources: z.array(z.unknown()).nullish().catch([]),
  })
  .transform((value): AuditEvent | null => {
    if (value.activityDateTime === null) return null;
    const targets = (value.targetResources ?? []).flatMap((entry) => target.safeParse(entry).data ?? []);
    const { user, app } = value.initiatedBy ?? { user: null, app: null };
    return {
      id: value.id,
      at: value.activityDateTime,
      activity: value.activityDisplayName,
      category: value.category,
      result: value.result,
      initiatedBy: user?.userPrincipalName ?? user?.displayName ?? app?.displayName ?? null,
      targets: targets.map((one) => ({
        id: one.id,
        type: one.type,
        name: one.displayName ?? one.userPrincipalName,
      })),
      properties: targets.flatMap((one) =>
        (one.modifiedProperties ?? []).flatMap((entry) => property.safeParse(entry).data ?? []),
      ),
    };
  });

const readEvent = (item: unknown): AuditEvent | null => event.safeParse(item).data ?? null;

/**
 * Only `activityDateTime` (ge, le) and `loggedByService` (eq) can be filtered; `category` cannot, so the events of the
 * directory are chosen here: on users, groups and memberships, and on the assignments of applications.
 */
const services: readonly { name: string; keeps(event: AuditEvent): boolean }[] = [
  { name: 'Account Provisioning', keeps: () => true },
  {
    name: 'Core Directory',
    keeps: ({ category, activity }) =>
      category === null ||
      /^(?:UserManagement|GroupManagement)$/iu.test(category) ||
      /app role assignment/iu.test(activity),
  },
];

/** The audit log of the directory, in the same bucket as the provisioning log. graph-provisioning.md 9 and 10. */
export const createAuditSource = (client: GraphClient): AuditSource => ({
  async *readWindow({ from, to, signal, meter }) {
    const request: GraphRequest = { resource: 'audit', bucket: 'reports', signal, meter };
    for (const service of services) {
      const filter = `activityDateTime ge ${from} and activityDateTime le ${to} and loggedByService eq ${quoted(service.name)}`;
      const url = `${client.origin}/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}&$top=500`;
      for await (const page of paginate(client, url, request)) {
        yield readItems(page.items, readEvent, meter).filter((one) => service.keeps(one));
      }
    }
  },
});
