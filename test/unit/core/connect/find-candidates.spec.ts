import { describe, expect, test } from 'vitest';
import { findCandidates } from '../../../../src-main/core/connect/find-candidates.ts';
import type { ApplicationInfo } from '../../../../src-main/core/model/directory.ts';
import type { SynchronizationJob } from '../../../../src-main/core/model/synchronization.ts';

const target = {
  profile: { application: { names: ['UNIFI'], templates: ['unifi'] } },
  scimBaseUrl: 'https://licensing.inviewlabs.com/api/scim/v2/',
};

const application = (name: string): ApplicationInfo => ({
  servicePrincipalId: `sp-${name}`,
  appId: `app-${name}`,
  displayName: name,
  enabled: true,
  singleSignOnMode: null,
  tags: [],
  activeThumbprint: null,
  signingCertificates: [],
});
const job = (id: string, templateId: string): SynchronizationJob =>
  ({ id, templateId, status: { code: 'Active' } }) as SynchronizationJob;

describe('finding the provisioning job of UNIFI', () => {
  test('by the SCIM base address alone when one job has it, whatever flag or slash it carries', () => {
    const found = findCandidates(
      [
        {
          application: application('UNIFI'),
          jobs: [
            {
              job: job('unifi.1', 'unifi'),
              settings: { BaseAddress: 'https://licensing.inviewlabs.com/api/scim/v2?aadOptscim062020' },
            },
          ],
        },
        {
          application: application('UNIFI (test)'),
          jobs: [{ job: job('unifi.2', 'unifi'), settings: { BaseAddress: 'https://staging.example/scim' } }],
        },
      ],
      target,
    );
    expect(found.map((candidate) => candidate.jobId)).toEqual(['unifi.1']);
    expect(found[0]?.because).toEqual(['template', 'name', 'base-address']);
  });
  test('by name and template, naming all that fit, when no settings can be read', () => {
    const found = findCandidates(
      [
        { application: application('UNIFI'), jobs: [{ job: job('scim.1', 'scim'), settings: null }] },
        { application: application('UNIFI (test)'), jobs: [{ job: job('unifi.2', 'unifi'), settings: null }] },
        { application: application('Payroll'), jobs: [{ job: job('scim.3', 'scim'), settings: null }] },
      ],
      target,
    );
    expect(found.map((candidate) => candidate.applicationName)).toEqual(['UNIFI', 'UNIFI (test)']);
  });
  test('keeps an application whose jobs could not be listed, without a job', () => {
    expect(findCandidates([{ application: application('UNIFI'), jobs: [] }], target)).toMatchObject([
      { jobId: '', because: ['name'] },
    ]);
  });
  test('by what the profile of another application says, whole words of a template only', () => {
    const found = findCandidates(
      [
        { application: application('Our Lumen'), jobs: [{ job: job('scim.1', 'scim'), settings: null }] },
        { application: application('Light'), jobs: [{ job: job('lumen.2', 'lumen'), settings: null }] },
        { application: application('Glow'), jobs: [{ job: job('lumenfour.3', 'lumenfour'), settings: null }] },
        { application: application('UNIFI'), jobs: [{ job: job('unifi.4', 'unifi'), settings: null }] },
      ],
      {
        profile: { application: { names: ['lumen'], templates: ['Lumen'] } },
        scimBaseUrl: 'https://lumen.example/scim',
      },
    );
    expect(found.map(({ jobId, because }) => [jobId, because])).toEqual([
      ['scim.1', ['name']],
      ['lumen.2', ['template']],
    ]);
  });
});
