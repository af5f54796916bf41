import type { JobCandidate } from '../../contract/models/connection.ts';
import type { TargetProfile } from '../../contract/models/target-profile.ts';
import type { ApplicationInfo } from '../model/directory.ts';
import type { JobSettings, SynchronizationJob } from '../model/synchronization.ts';
import { isSameAddress } from './same-address.ts';

const names = (text: string, wanted: readonly string[]): boolean =>
  wanted.some((name) => text.toLowerCase().includes(name.toLowerCase()));

/** A gallery tag ends where its word ends: `unifi`, `unifi.` with more behind it, not `unified`. */
const isOfTemplate = (text: string, templates: readonly string[]): boolean =>
  templates.some((template) => {
    const begin = template.toLowerCase();
    return text.toLowerCase().startsWith(begin) && !/^\w/u.test(text.slice(begin.length));
  });

/**
 * The jobs that could be those of the profile's application, with the reasons: template or tag, name, SCIM base
 * address. When some have the expected base address, those alone are left: it is the only sign that names this very
 * target. An application whose jobs could not be listed stays as a candidate with an empty `jobId`.
 */
export const findCandidates = (
  found: { application: ApplicationInfo; jobs: { job: SynchronizationJob; settings: JobSettings | null }[] }[],
  target: { profile: Pick<TargetProfile, 'application'>; scimBaseUrl: string },
): JobCandidate[] => {
  const { application: wanted } = target.profile;
  const all = found.flatMap(({ application, jobs }) => {
    const named = names(application.displayName, wanted.names);
    const base = {
      servicePrincipalId: application.servicePrincipalId,
      applicationId: application.appId,
      applicationName: application.displayName,
    };
    if (jobs.length === 0) {
      return [{ ...base, jobId: '', templateId: null, because: named ? ['name' as const] : [], state: 'unknown' }];
    }
    return jobs.map(({ job, settings }): JobCandidate => {
      const because: JobCandidate['because'] = [];
      if ([job.templateId ?? '', job.id].some((text) => isOfTemplate(text, wanted.templates))) because.push('template');
      if (named) because.push('name');
      if (settings?.BaseAddress && isSameAddress(settings.BaseAddress, target.scimBaseUrl))
        because.push('base-address');
      return { ...base, jobId: job.id, templateId: job.templateId, because, state: job.status.code };
    });
  });
  const fitting = all.filter((candidate) => candidate.because.length > 0);
  const sameTarget = fitting.filter((candidate) => candidate.because.includes('base-address'));
  return sameTarget.length > 0 ? sameTarget : fitting;
};
