import type { AuditTrail } from './audit-trail.ts';
import type { Soil } from './fault-book.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenarios.ts';
import type { JobRules } from './job-rules.ts';
import { dayMs, minuteMs } from './time.ts';

/** Sets up what the whole job suffers from: its rules, the events behind it, and what the audit log says about it. */
export const plantScenario = (options: {
  scenario: Scenario;
  soil: Soil;
  rules: JobRules;
  schemaVersions: { fromMs: number; version: string }[];
  nowMs: number;
  audit: AuditTrail;
  ids: { servicePrincipalId: string; adminUpn: string };
  random: Random;
}): void => {
  const { scenario, soil, rules, nowMs, random } = options;
  const { agenda, company } = soil;

  const note = (activity: string, atMs: number): void =>
    options.audit.add({
      atMs,
      activity,
      category: 'ProvisioningManagement',
      by: activity === 'Quarantine' ? 'provisioning' : 'admin',
      targets: [{ id: options.ids.servicePrincipalId, type: 'ServicePrincipal', name: 'UNIFI' }],
    });

  if (scenario.rules) {
    if (scenario.rulesDaysAgo === undefined) Object.assign(rules, scenario.rules);
    else {
      const atMs = Math.max(soil.lifeFromMs, nowMs - scenario.rulesDaysAgo * dayMs);
      agenda.plan(atMs, () => {
        Object.assign(rules, scenario.rules);
        options.schemaVersions.push({ fromMs: atMs, version: random.guid() });
        note('Update attribute mappings or scope', atMs);
        // With other mappings Entra looks at everybody again. provisioning-semantics.md 1.
        for (const person of company.people) {
          if (!company.touchedPeople.has(person.index)) company.touchedPeople.set(person.index, atMs);
        }
      });
    }
  }
  if (scenario.stopsDaysAgo !== undefined && Number.isFinite(scenario.stopsDaysAgo)) {
    const atMs = Math.max(soil.lifeFromMs, nowMs - scenario.stopsDaysAgo * dayMs);
    const activity = scenario.state.startsWith('quarantine')
      ? 'Quarantine'
      : 'Disable/pause provisioning configuration';
    if (scenario.state !== 'silent' && scenario.state !== 'failing') agenda.plan(atMs, () => note(activity, atMs));
  }
  if (scenario.state === 'too-many-deletes') {
    const group = soil.founding.structure.departmentGroups.get('Engineering');
    const atMs = Math.max(soil.lifeFromMs, nowMs - 2 * dayMs);
    if (group) {
      agenda.plan(atMs, (ms) => {
        company.unassignGroup(group, ms);
        note('Quarantine', ms + 50 * minuteMs);
      });
    }
  }
  if (scenario.rules?.deleteFlow === false) {
    // Deleted for good before the service saw the soft deletion: nothing disabled the account, and nothing deletes it.
    for (let count = 0; count < 3; count += 1) {
      const person = soil.takeLone();
      company.assignPerson(person, null);
      const atMs = soil.when(1, 6);
      agenda.plan(Math.max(soil.lifeFromMs, atMs - dayMs), (ms) =>
        company.change(person, { given: `${person.given} Kim` }, ms),
      );
      agenda.plan(atMs, (ms) => {
        company.softDelete(person, ms, { keepsMemberships: false });
        company.purge(person, ms);
      });
    }
  }
};
