import type { ConfigurationChange, ConfigurationChangeKind } from '../../contract/models/configuration-change.ts';
import type { AuditEvent } from '../model/directory.ts';

const hourMs = 3_600_000;
const namesSaid = 5;

/** Activities of the audit log that change how the job works. graph-provisioning.md 9. The first that fits counts. */
const activities: readonly { pattern: RegExp; kind: ConfigurationChangeKind; title: string }[] = [
  { pattern: /attribute mapping|mappings? or scope/iu, kind: 'mapping', title: 'Mappings or scoping filter changed' },
  { pattern: /setting|credential/iu, kind: 'credentials', title: 'Provisioning settings or credentials changed' },
  { pattern: /restart/iu, kind: 'restart', title: 'Provisioning restarted' },
  { pattern: /disable|pause|stop/iu, kind: 'stopped', title: 'Provisioning switched off or paused' },
  { pattern: /enable|start/iu, kind: 'started', title: 'Provisioning started' },
  { pattern: /quarantine/iu, kind: 'quarantine', title: 'Job quarantined' },
];

/** Events of other applications' jobs stand in the same log; one that names no application may be ours. */
const isOurs = (event: AuditEvent, servicePrincipalId: string | null): boolean => {
  const applications = event.targets.filter(({ type }) => type?.toLowerCase() === 'serviceprincipal');
  return (
    servicePrincipalId === null || applications.length === 0 || applications.some(({ id }) => id === servicePrincipalId)
  );
};

const happened = ({ result }: AuditEvent): boolean => result === null || result.toLowerCase() === 'success';

/** `A, B and 3 more`. */
export const listNames = (names: readonly string[], count: number): string => {
  const said = names.slice(0, namesSaid);
  const more = count - said.length;
  if (said.length === 0) return `${count} without a name`;
  return `${said.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** What came and what went, as a change; the texts are the same whether the audit log or two collections show it. */
export const assignmentChange = (
  facts: Pick<ConfigurationChange, 'id' | 'from' | 'to' | 'by'>,
  added: { count: number; names: readonly string[] },
  removed: { count: number; names: readonly string[] },
): ConfigurationChange => {
  const word = (count: number): string => `${count} ${count === 1 ? 'assignment' : 'assignments'}`;
  const parts = [
    ...(added.count > 0 ? [`${word(added.count)} added`] : []),
    ...(removed.count > 0 ? [`${word(removed.count)} removed`] : []),
  ];
  return {
    ...facts,
    kind: 'assignments',
    title: parts.join(', '),
    details: [
      ...(added.count > 0 ? [`Assigned to the application: ${listNames(added.names, added.count)}.`] : []),
      ...(removed.count > 0 ? [`No longer assigned: ${listNames(removed.names, removed.count)}.`] : []),
    ],
    schema: [],
  };
};

const principalOf = (event: AuditEvent): string | null =>
  event.targets.find(({ type }) => type?.toLowerCase() !== 'serviceprincipal')?.name ?? null;

/** Assignments made by the same person within an hour of each other are one change. */
const groupAssignments = (events: readonly AuditEvent[]): ConfigurationChange[] => {
  const groups: AuditEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    const belongs =
      before !== undefined &&
      before.initiatedBy === event.initiatedBy &&
      Date.parse(event.at) - Date.parse(before.at) <= hourMs;
    if (last && belongs) last.push(event);
    else groups.push([event]);
  }
  return groups.map((group) => {
    const side = (pattern: RegExp): { count: number; names: string[] } => {
      const found = group.filter(({ activity }) => pattern.test(activity));
      return { count: found.length, names: found.flatMap((event) => principalOf(event) ?? []) };
    };
    const first = group[0] as AuditEvent;
    const facts = { id: first.id, from: first.at, to: group.at(-1)?.at ?? first.at, by: first.initiatedBy };
    return assignmentChange(facts, side(/^add/iu), side(/^remove/iu));
  });
};

/**
 * Changes of the job's set-up that the audit log names, oldest first. Failed attempts, other applications and
 * activities that change nothing of the set-up are left out.
 *
 * @param events oldest first
 */
export const changesFromAudit = (
  events: readonly AuditEvent[],
  servicePrincipalId: string | null,
): ConfigurationChange[] => {
  const ours = events.filter((event) => happened(event) && isOurs(event, servicePrincipalId));
  const isAssignment = ({ activity }: AuditEvent): boolean => /app role assignment/iu.test(activity);
  const configured = ours
    .filter((event) => !isAssignment(event))
    .flatMap((event): ConfigurationChange[] => {
      const known = activities.find(({ pattern }) => pattern.test(event.activity));
      if (!known) return [];
      const { kind, title } = known;
      const facts = { id: event.id, kind, title, from: event.at, to: event.at, by: event.initiatedBy };
      return [{ ...facts, details: [], schema: [] }];
    });
  return [...configured, ...groupAssignments(ours.filter(isAssignment))];
};
