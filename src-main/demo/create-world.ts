import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoOptions, TruthEntry } from '../contract/models/demo.ts';
import { createAgenda } from './simulation/agenda.ts';
import { createAuditTrail } from './simulation/audit-trail.ts';
import { createCompany, tenantDomain } from './simulation/company.ts';
import { renderAssignment, renderGroup, renderServicePrincipal, renderUser } from './simulation/directory-documents.ts';
import { findDisagreements } from './simulation/disagreements.ts';
import { createSoil, truthOf, type Fault } from './simulation/fault-book.ts';
import { foundCompany } from './simulation/founding.ts';
import { renderJob, renderTestJob } from './simulation/job-document.ts';
import { createLife } from './simulation/life.ts';
import { createLogFile } from './simulation/log-file.ts';
import { createRowWriter } from './simulation/log-rows.ts';
import type { Group, Person } from './simulation/model.ts';
import { plantFaults } from './simulation/plant-faults.ts';
import { createRandom } from './simulation/random.ts';
import { mappedValues, sourceState } from './simulation/rules.ts';
import { plantScenario } from './simulation/plant-scenario.ts';
import { scenarioTruth } from './simulation/scenario-truth.ts';
import { findScenario } from './simulation/scenarios.ts';
import { renderSchema } from './simulation/schema-document.ts';
import { createProvisioningService, cycleReserveMs, initialDurationMs, intervalMs } from './simulation/service.ts';
import type { JobRules } from './simulation/job-rules.ts';
import { personSubject } from './simulation/steps.ts';
import { createTargetDirectory } from './simulation/target.ts';
import { renderAccount, renderTargetGroup } from './simulation/target-documents.ts';
import { dayMs, hourMs, isoSeconds } from './simulation/time.ts';
import type { DemoWorld, Json } from './world.ts';

export interface WorldOptions extends DemoOptions {
  /** Multiplies the log rows about changes that matter to nobody; 1 is about one row per person and 20 days. */
  activity?: number;
  /** The moment from which a scenario counts its days back, ISO 8601; the present when absent. A later one lies ahead. */
  scenarioNow?: string;
  /** Where the log's scratch file goes; the system's temporary folder when absent. */
  scratchDirectory?: string;
  /** How long log rows are served, in days; null: all of them. Entra serves 30. */
  retentionDays?: number | null;
  /** `BaseAddress` of the job, and begin of every `meta.location`. */
  scimBaseUrl?: string;
}

/** The world, and what its starter may tell it afterwards. */
export interface SimulatedWorld extends DemoWorld {
  /** The address at which UNIFI's SCIM server really listens. */
  setScimBaseUrl(url: string): void;
}

/** Faults of this share of the people show every kind of finding, also in a small company. */
export const defaultFaultRate = 0.04;

const usualRules = (): JobRules => ({
  mode: { syncAll: false },
  createFlow: true,
  updateFlow: true,
  deleteFlow: true,
  groupMapping: true,
  activeFromSoftDeleted: true,
  skipOutOfScopeDeletions: false,
  nameOrder: 'given-first',
  deletionThreshold: 500,
});

/** Share of people, per day, of whom the log says that nothing had to be done. */
const chatterRate = 0.05;
const preparedShare = 0.12;

/**
 * A company of `people` with `days` of history, its provisioning job and its UNIFI tenant, up to `now`. The same
 * options give the same world, byte for byte. Throws on an unknown scenario.
 */
export const createDemoWorld = (options: WorldOptions = {}): SimulatedWorld => {
  const { people: size = 400, days = 45, seed = 7, activity = 1, retentionDays = 30 } = options;
  const scenario = findScenario(options.scenario);
  const faultRate = options.faultRate ?? (scenario ? 0 : defaultFaultRate);
  let nowMs = options.now === undefined ? Math.floor(Date.now() / hourMs) * hourMs : Date.parse(options.now);
  if (!Number.isFinite(nowMs)) throw new Error('The present moment of the demo (now) is not an ISO 8601 time.');
  let base = options.scimBaseUrl ?? 'https://licensing.inviewlabs.com/api/scim/v2/';

  const startMs = nowMs - Math.round(days * dayMs);
  const durationMs = Math.min(initialDurationMs(size), Math.max(hourMs / 3, (nowMs - startMs) / 4));
  const lifeFromMs = startMs + durationMs;
  const keepFromMs = retentionDays === null ? 0 : nowMs - retentionDays * dayMs;

  const chance = (name: string): ReturnType<typeof createRandom> => createRandom(seed, name);
  const idChance = chance('ids');
  const tenantId = idChance.guid();
  const ids = {
    tenantId,
    clientId: idChance.guid(),
    adminId: '',
    adminUpn: `admin@${tenantDomain}`,
    servicePrincipalId: idChance.guid(),
    applicationId: idChance.guid(),
    jobId: `unifi.${tenantId.replaceAll('-', '')}.${idChance.guid()}`,
  };
  const test = {
    servicePrincipalId: idChance.guid(),
    applicationId: idChance.guid(),
    jobId: `scim.${tenantId.replaceAll('-', '')}.${idChance.guid()}`,
  };
  const ruleId = idChance.guid();
  const canary = idChance.guid().replaceAll('-', '');

  const agenda = createAgenda();
  const admin = { id: '', upn: ids.adminUpn };
  const audit = createAuditTrail({ random: chance('audit'), admin, keepFromMs: nowMs - 30 * dayMs });
  const company = createCompany({
    random: chance('company'),
    audit,
    application: { id: ids.servicePrincipalId, name: 'UNIFI' },
    foundedMs: startMs - 40 * dayMs,
  });
  const adminPerson = company.hire(
    {
      given: 'Demo',
      family: 'Administrator',
      department: 'IT',
      country: 'DE',
      createdMs: startMs - 2000 * dayMs,
      alias: 'admin',
      domain: tenantDomain,
    },
    null,
  );
  adminPerson.reserved = true;
  ids.adminId = adminPerson.id;
  admin.id = adminPerson.id;

  const founding = foundCompany({ company, random: chance('people'), people: size, startMs });
  const target = createTargetDirectory();
  const log = createLogFile(
    options.scratchDirectory ?? join(tmpdir(), 'unifi-demo'),
    `log-${String(process.pid)}-${String(seed)}-${Math.random().toString(36).slice(2)}.ndjson`,
  );
  const rules: JobRules = usualRules();
  const schemaVersions = [{ fromMs: startMs - 40 * dayMs, version: idChance.guid() }];

  const service = createProvisioningService({
    company,
    target,
    agenda,
    random: chance('service'),
    rules,
    log,
    writeRow: createRowWriter(
      {
        tenantId,
        jobId: ids.jobId,
        servicePrincipalId: ids.servicePrincipalId,
        servicePrincipalName: 'UNIFI',
        applicationId: ids.applicationId,
      },
      chance('rows'),
    ),
    keepFromMs,
  });

  // Another application's rows lie in the same log: whoever wants UNIFI's has to ask for them.
  const otherChance = chance('another application');
  const timeSheets = { name: 'Time sheets', id: otherChance.guid(), appId: otherChance.guid() };
  const otherRow = createRowWriter(
    {
      tenantId,
      jobId: `timesheets.${tenantId.replaceAll('-', '')}.${otherChance.guid()}`,
      servicePrincipalId: timeSheets.id,
      servicePrincipalName: timeSheets.name,
      applicationId: timeSheets.appId,
    },
    otherChance,
  );
  const writeOtherRow = (atMs: number): void => {
    const person = company.people[otherChance.below(company.people.length)];
    if (!person || atMs < keepFromMs) return;
    const subject = personSubject(person);
    const modified = [{ name: 'title', oldValue: null, newValue: 'Colleague' }];
    const content = { action: 'update', status: 'success', subject, steps: [], modified, error: null } as const;
    const row = { ...content, steps: [], modified, atMs, cycleId: otherChance.guid() };
    log.add(atMs, otherRow({ ...row, targetId: `w-${String(person.index)}` }));
  };

  // ---------------------------------------------------------------------------------- before the simulation begins
  const faults: (Fault & { type: string })[] = [];
  const add = (fault: Fault & { type: string }): void => void faults.push(fault);
  const soil = createSoil({
    company,
    target,
    agenda,
    random: chance('faults'),
    founding,
    lifeFromMs,
    nowMs,
    add: (fault) => add({ ...fault, type: '' }),
  });
  plantFaults(soil, { people: size, share: faultRate, add });
  for (const person of company.people) {
    if (person !== adminPerson && !soil.unsettled.has(person.index)) founding.settle(person, null);
  }
  const scenarioMs = options.scenarioNow === undefined ? nowMs : Date.parse(options.scenarioNow);
  const stopMs =
    scenario?.stopsDaysAgo === undefined ? Number.POSITIVE_INFINITY : scenarioMs - scenario.stopsDaysAgo * dayMs;
  const isStopped = Number.isFinite(stopMs);
  if (scenario) {
    plantScenario({ scenario, soil, rules, schemaVersions, nowMs: scenarioMs, audit, ids, random: chance('scenario') });
  }

  const prepareChance = chance('prepared accounts');
  for (const person of company.people) {
    if (person.reserved || sourceState(person, company.groups, rules.mode) !== 'in-scope') continue;
    if (!prepareChance.isTrue(preparedShare)) continue;
    const madeMs = startMs - Math.floor(prepareChance.between(20, 300) * dayMs);
    target.create({ ...mappedValues(person), displayName: person.given, externalId: null }, madeMs);
  }

  // ------------------------------------------------------------------------------------------------- its whole life
  const life = createLife({ company, founding, agenda, random: chance('life') });
  const chatterChance = chance('chatter');
  const phaseMs = Math.floor(chatterChance.between(0, intervalMs));
  let nextCycleMs = lifeFromMs + phaseMs;
  let plannedToMs = lifeFromMs;
  const quietFromMs = nowMs - (scenario?.quietHours ?? 0) * hourMs;

  if (stopMs > startMs) service.runInitialCycle(startMs, { durationMs, share: 1 });
  else if (scenario?.state === 'initial') {
    service.runInitialCycle(nowMs - 2 * hourMs, { durationMs: 100 * 60_000, share: 0.5 });
  }

  const live = (toMs: number): void => {
    const isOver = (ms: number): boolean => scenario?.quietHours !== undefined && ms > quietFromMs && ms <= nowMs;
    while (plannedToMs < toMs) {
      const nextMs = Math.min(plannedToMs + dayMs, toMs);
      const lifeToMs = isOver(nextMs) ? Math.max(plannedToMs, Math.min(nextMs, quietFromMs)) : nextMs;
      life.planDay(plannedToMs, lifeToMs);
      while (nextCycleMs + cycleReserveMs <= nextMs) {
        agenda.runUntil(isOver(nextCycleMs) ? quietFromMs : nextCycleMs);
        if (nextCycleMs < stopMs && service.guard === null) {
          const mean = (company.people.length * chatterRate * activity * intervalMs) / dayMs;
          service.runCycle(nextCycleMs, { chatter: isOver(nextCycleMs) ? 0 : chatterChance.poisson(mean) });
        }
        const otherMs = nextCycleMs + 2 * cycleReserveMs;
        if (otherMs <= nextMs && otherChance.isTrue(0.1)) writeOtherRow(Math.floor(otherMs / 1000) * 1000);
        nextCycleMs += intervalMs;
      }
      agenda.runUntil(isOver(nextMs) ? quietFromMs : nextMs);
      plannedToMs = nextMs;
    }
  };
  live(nowMs);
  if (retentionDays !== null) log.forgetBefore(keepFromMs);

  // ------------------------------------------------------------------------------------------------------- the views
  let presentGeneration = -1;
  let present: Person[] = [];
  const presentPeople = (): Person[] => {
    if (presentGeneration !== company.generation.people) {
      present = company.people.filter((person) => person.deletedMs === 0 && person.purgedMs === 0);
      presentGeneration = company.generation.people;
    }
    return present;
  };
  const isPresent = (person: Person | null): person is Person =>
    person !== null && person.deletedMs === 0 && person.purgedMs === 0;
  const presentGroup = (id: string): Group | null => {
    const group = company.findGroup(id);
    return group !== null && group.deletedMs === 0 ? group : null;
  };
  const changedSince = (changes: readonly { atMs: number; index: number }[], ms: number): number[] => {
    const found = new Set<number>();
    for (let place = changes.length - 1; place >= 0; place -= 1) {
      const change = changes[place];
      if (!change || change.atMs <= ms) break;
      found.add(change.index);
    }
    return [...found].reverse();
  };
  const unifi = { id: ids.servicePrincipalId, name: 'UNIFI' };
  const setUp = scenario?.setUp ?? { certificateDays: 400, isNotified: true, isGuarded: true, isTestJobOn: false };
  const certificate = {
    thumbprint: `${idChance.guid()}${idChance.guid()}`.replaceAll('-', '').slice(0, 40).toUpperCase(),
    signKeyId: idChance.guid(),
    verifyKeyId: idChance.guid(),
    // Entra's certificates last three years.
    startMs: nowMs + (setUp.certificateDays - 3 * 365) * dayMs,
    endMs: nowMs + setUp.certificateDays * dayMs,
  };
  const principals = [
    renderServicePrincipal({
      id: ids.servicePrincipalId,
      appId: ids.applicationId,
      name: 'UNIFI',
      createdMs: startMs - 60 * dayMs,
      singleSignOn: 'saml',
      tags: ['WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1'],
      certificate,
    }),
    renderServicePrincipal({
      id: test.servicePrincipalId,
      appId: test.applicationId,
      name: 'UNIFI (test)',
      createdMs: startMs - 120 * dayMs,
      singleSignOn: null,
      tags: ['WindowsAzureActiveDirectoryCustomSingleSignOnApplication'],
    }),
    ...[
      timeSheets,
      { name: 'Ticket desk', id: idChance.guid(), appId: idChance.guid() },
      { name: 'Universal finder', id: idChance.guid(), appId: idChance.guid() },
    ].map((one) =>
      renderServicePrincipal({ ...one, createdMs: startMs - 900 * dayMs, singleSignOn: 'saml', tags: [] }),
    ),
  ];
  const notification = {
    Enabled: setUp.isNotified,
    DeleteThresholdEnabled: setUp.isGuarded,
    DeleteThresholdValue: 500,
    HumanResourcesLookaheadQueryEnabled: false,
  };

  let assignmentsAt: { key: string; list: Json[] } | null = null;
  const assignments = (): Json[] => {
    const key = `${String(nowMs)}`;
    if (assignmentsAt?.key !== key) {
      const list: Json[] = [];
      for (const group of company.groups) {
        const one = group.deletedMs === 0 ? renderAssignment({ group }, unifi) : null;
        if (one) list.push(one);
      }
      for (const person of company.people) {
        const one = isPresent(person) ? renderAssignment({ person }, unifi) : null;
        if (one) list.push(one);
      }
      assignmentsAt = { key, list };
    }
    return assignmentsAt.list;
  };

  const disagreements = (): ReturnType<typeof findDisagreements> =>
    findDisagreements({ company, target, rules, nowMs });

  return {
    ids,
    get nowMs() {
      return nowMs;
    },
    setScimBaseUrl(url) {
      base = url;
    },
    advanceTo(toMs) {
      if (toMs <= nowMs) return;
      live(toMs);
      nowMs = toMs;
      if (retentionDays !== null) log.forgetBefore(nowMs - retentionDays * dayMs);
    },
    directory: {
      userCount: () => presentPeople().length,
      userAt: (index) => renderUser(presentPeople()[index] as Person),
      user(idOrUpn) {
        const person = company.findPerson(idOrUpn);
        return isPresent(person) ? renderUser(person) : null;
      },
      usersChangedSince: (ms) =>
        changedSince(company.userChanges, ms).map((index) => {
          const person = company.people[index] as Person;
          const state = person.purgedMs > 0 ? 'deleted' : person.deletedMs > 0 ? 'soft-deleted' : 'present';
          return { id: person.id, state };
        }),
      deletedUsers: () =>
        company.people.filter((person) => person.deletedMs > 0 && person.purgedMs === 0).map(renderUser),
      groups: () => company.groups.filter((group) => group.deletedMs === 0).map(renderGroup),
      group(id) {
        const group = presentGroup(id);
        return group ? renderGroup(group) : null;
      },
      members(groupId) {
        const group = presentGroup(groupId);
        if (!group) return [];
        return [
          ...[...group.people].map((index) => renderUser(company.people[index] as Person)),
          ...group.nested.map((index) => renderGroup(company.groups[index] as Group)),
        ];
      },
      groupsChangedSince: (ms) =>
        changedSince(company.groupChanges, ms).map((index) => {
          const group = company.groups[index] as Group;
          return { id: group.id, state: group.deletedMs > 0 ? 'deleted' : 'present' };
        }),
      audits: () => audit.render(nowMs),
    },
    applications: {
      servicePrincipals: () => principals,
      assignments: (servicePrincipalId) => (servicePrincipalId === ids.servicePrincipalId ? assignments() : []),
      jobs(servicePrincipalId) {
        if (servicePrincipalId === test.servicePrincipalId)
          return [renderTestJob(test.jobId, nowMs, setUp.isTestJobOn)];
        if (servicePrincipalId !== ids.servicePrincipalId || scenario?.state === 'no-job') return [];
        const facts = { jobId: ids.jobId, templateId: 'unifi', nowMs, scenario, service };
        return [renderJob({ ...facts, stoppedMs: isStopped ? stopMs : nowMs, initialEndMs: lifeFromMs })];
      },
      schema(jobId) {
        if (jobId === test.jobId) {
          const shown = { ruleId, targetName: 'UNIFI (test)', version: 'Date:2026-01-12T08:00:00.0Z, Hash:9' };
          return renderSchema({ ...shown, jobId, rules: usualRules() });
        }
        if (jobId !== ids.jobId || scenario?.state === 'no-job') return null;
        const { fromMs, version } = schemaVersions.at(-1) as (typeof schemaVersions)[number];
        const text = `Date:${isoSeconds(fromMs)}, Hash:${version}`;
        return renderSchema({ jobId, ruleId, targetName: 'UNIFI', version: text, rules });
      },
      secrets(jobId) {
        if (jobId === test.jobId)
          return [
            {
              key: 'BaseAddress',
              value: setUp.isTestJobOn ? base : 'https://unifi-test.studio-nord.example/scim/v2/',
            },
          ];
        if (jobId !== ids.jobId || scenario?.state === 'no-job') return null;
        return [
          { key: 'BaseAddress', value: base },
          { key: 'SecretToken', value: `canary-${canary}` },
          { key: 'SyncAll', value: rules.mode.syncAll ? 'true' : 'false' },
          ...(rules.skipOutOfScopeDeletions ? [{ key: 'SkipOutOfScopeDeletions', value: 'True' }] : []),
          { key: 'SyncNotificationSettings', value: JSON.stringify(notification) },
        ];
      },
    },
    log,
    scim: {
      userCount: () => target.accountList().length,
      userAt(index) {
        const account = target.accountList()[index];
        if (!account) throw new RangeError(`There is no account at ${String(index)}.`);
        return renderAccount(account, base);
      },
      user(id) {
        const account = target.accounts.get(id);
        return account ? renderAccount(account, base) : null;
      },
      findUsers(attribute, value) {
        if (attribute.toLowerCase() === 'username') {
          const account = target.findByUserName(value);
          return account ? [renderAccount(account, base)] : [];
        }
        return target
          .accountList()
          .filter((account) => (attribute === 'externalId' ? account.externalId : account.id) === value)
          .map((account) => renderAccount(account, base));
      },
      groupCount: () => target.groupList().length,
      groupAt(index) {
        const group = target.groupList()[index];
        if (!group) throw new RangeError(`There is no group at ${String(index)}.`);
        return renderTargetGroup(group, base);
      },
      group(id) {
        const group = target.groups.get(id);
        return group ? renderTargetGroup(group, base) : null;
      },
      findGroups: (attribute, value) =>
        target
          .groupList()
          .filter((group) =>
            attribute.toLowerCase() === 'displayname'
              ? group.displayName.toLowerCase() === value.toLowerCase()
              : (attribute === 'externalId' ? group.externalId : group.id) === value,
          )
          .map((group) => renderTargetGroup(group, base)),
    },
    truth(): TruthEntry[] {
      const now = disagreements();
      const entries = faults.flatMap((fault) => truthOf(fault, now));
      return scenario
        ? [
            ...entries,
            ...scenarioTruth({
              scenario,
              company,
              disagreements: now,
              rules,
              mappedMs: schemaVersions.at(-1)?.fromMs ?? 0,
              nowMs,
            }),
          ]
        : entries;
    },
    close: () => log.close(),
  };
};
