import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { createDemoWorld, type SimulatedWorld, type WorldOptions } from '../../../../src-main/demo/create-world.ts';

export const present = '2026-11-23T20:00:00Z';

export interface LogRowJson {
  id: string;
  activityDateTime: string;
  tenantId: string;
  jobId: string;
  cycleId: string;
  changeId: string;
  provisioningAction: string;
  durationInMilliseconds: number;
  servicePrincipal: { id: string; displayName: string };
  sourceIdentity: { id: string; displayName: string; identityType: string; details: Record<string, string | null> };
  targetIdentity: { id: string; identityType: string };
  provisioningStatusInfo: { status: string; errorInformation: { errorCode: string; reason: string } | null };
  provisioningSteps: {
    name: string;
    provisioningStepType: string;
    status: string;
    description: string;
    details: Record<string, string | null>;
  }[];
  modifiedProperties: { displayName: string; oldValue: string | null; newValue: string | null }[];
}

/** A world of its own scratch folder, closed after the test. */
export const openWorld = (options: WorldOptions = {}): SimulatedWorld => {
  const scratchDirectory = mkdtempSync(join(tmpdir(), 'unifi-demo-test-'));
  const world = createDemoWorld({ now: present, scratchDirectory, ...options });
  onTestFinished(() => {
    world.close();
    rmSync(scratchDirectory, { recursive: true, force: true });
  });
  return world;
};

/** The same for a whole file. */
export const openSharedWorld = (options: WorldOptions = {}): SimulatedWorld => {
  const scratchDirectory = mkdtempSync(join(tmpdir(), 'unifi-demo-test-'));
  const world = createDemoWorld({ now: present, scratchDirectory, ...options });
  afterAll(() => {
    world.close();
    rmSync(scratchDirectory, { recursive: true, force: true });
  });
  return world;
};

export const rowTexts = (world: SimulatedWorld): string[] => {
  const { start, end } = world.log.range(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return world.log.rows(start, end);
};

/** The rows of the job under watch. */
export const rowsOf = (world: SimulatedWorld): LogRowJson[] =>
  rowTexts(world)
    .map((text) => JSON.parse(text) as LogRowJson)
    .filter((row) => row.jobId === world.ids.jobId);

/** Everything that a world shows, as one text. */
export const portrait = (world: SimulatedWorld): string =>
  JSON.stringify([
    world.ids,
    rowTexts(world),
    Array.from({ length: world.directory.userCount() }, (_, index) => world.directory.userAt(index)),
    Array.from({ length: world.scim.userCount() }, (_, index) => world.scim.userAt(index)),
    Array.from({ length: world.scim.groupCount() }, (_, index) => world.scim.groupAt(index)),
    world.directory.groups(),
    world.directory.audits(),
    world.directory.deletedUsers(),
    world.applications.servicePrincipals(),
    world.applications.assignments(world.ids.servicePrincipalId),
    world.applications.jobs(world.ids.servicePrincipalId),
    world.applications.schema(world.ids.jobId),
    world.truth(),
  ]);
