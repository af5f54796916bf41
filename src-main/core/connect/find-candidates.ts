import type { JobCandidate } from '../../contract/models/connection.ts';
import type { ApplicationInfo } from '../model/directory.ts';
import type { JobSettings, SynchronizationJob } from '../model/synchronization.ts';

/** Two SCIM base addresses are the same without their query (a compatibility flag), trailing slash and letter case of the host. */
const comparable = (address: string): string => {
  const [withoutQuery = ''] = address.trim().split(/[?#]/u);
  return withoutQuery.replace(/\/+$/u, '').toLowerCase();
};

/**
 * The jobs that could be UNIFI's, with the reasons: template or tag, name, SCIM base address. When some have the
 * expected base address, those alone are left: it is the only sign that names this very target. An application whose
 * jobs could not be listed stays as a candidate with an empty `jobId`.
 */
export const findCandidates = (
  found: { application: ApplicationInfo; jobs: { job: SynchronizationJob; settings: JobSettings | null }[] }[],
  scimBaseUrl: string,
): JobCandidate[] => {
  const all = found.flatMap(({ application, jobs }) => {
    const named = /unifi/iu.test(application.displayName);
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
      if (/^unifi\b/iu.test(job.templateId ?? '') || /^unifi\./iu.test(job.id)) because.push('template');
      if (named) because.push('name');
      if (settings?.BaseAddress && comparable(settings.BaseAddress) === comparable(scimBaseUrl))
        because.push('base-address');
      return { ...base, jobId: job.id, templateId: job.templateId, because, state: job.status.code };
    });
  });
  const fitting = all.filter((candidate) => candidate.because.length > 0);
  const sameTarget = fitting.filter((candidate) => candidate.because.includes('base-address'));
  return sameTarget.length > 0 ? sameTarget : fitting;
};
