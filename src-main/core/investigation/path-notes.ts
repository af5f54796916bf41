import { is } from '../health/job-facts.ts';
import { evidence, type CaseBase } from './case-base.ts';
import type { PersonCase } from './person-case.ts';
import { note, ruledOut, type Rule } from './rule.ts';
import { wordsFor } from './why-unread.ts';

/** A1: what could not be read is named before anybody takes "not readable" for "not there". provisioning-semantics.md 8. */
export const everythingRead: Rule<CaseBase> = {
  id: 'A1',
  title: 'Could everything be read?',
  needs: [],
  decide({ sources }) {
    const missed = sources.filter(({ status }) => status !== 'complete');
    if (missed.length === 0) return ruledOut();
    return note(
      ...missed.map(({ source, endedAt, status }) =>
        evidence(
          source,
          null,
          `Read ${status === 'partial' ? 'in part' : 'not at all'}: ${wordsFor(source)}.`,
          endedAt,
        ),
      ),
    );
  },
};

/** B12: what else gives the access, and groups whose members Entra decides with a delay. provisioning-semantics.md 9. */
export const otherAccess: Rule<PersonCase> = {
  id: 'B12',
  title: 'Does another group still give the access?',
  needs: [],
  uses: ['assignments', 'groups'],
  decide({ facts, user }) {
    const isAssigned = (id: string): boolean => facts.assignments.some(({ principalId }) => principalId === id);
    const found = [
      ...(user && isAssigned(user.id) ? [evidence('assignments', user.id, 'The person is assigned directly.')] : []),
      ...facts.groups
        .filter(({ id, through }) => through.length === 0 && isAssigned(id))
        .map(({ id, group }) => {
          const byRule = group?.groupTypes.some((type) => is(type, 'dynamicmembership')) ?? false;
          const delay = byRule ? ' A rule decides its members, which Entra evaluates with a delay of its own.' : '';
          return evidence('groups', id, `A member of the assigned group "${group?.displayName ?? id}".${delay}`);
        }),
    ];
    return found.length > 0
      ? note(...found)
      : ruledOut(evidence('assignments', null, 'No assignment gives the access any more.'));
  },
};

/** B14: two jobs that write the same accounts undo each other. provisioning-semantics.md 9 and 12. */
export const otherMaster: Rule<CaseBase> = {
  id: 'B14',
  title: 'Does another job write to the same UNIFI?',
  needs: [],
  uses: ['jobs', 'provisioning-log'],
  decide({ otherJobs, otherRows }) {
    const running = otherJobs.filter(({ schedule }) => is(schedule.state, 'active'));
    const found = [
      ...running.map(({ id }) => evidence('jobs', id, `The application has another active job, ${id}.`)),
      ...otherRows
        .slice(0, 5)
        .map((row) =>
          evidence(
            'provisioning-log',
            row.id,
            `The job ${row.jobId ?? ''} wrote "${row.action}": ${row.status}.`,
            row.at,
          ),
        ),
    ];
    return found.length > 0
      ? note(...found)
      : ruledOut(evidence('jobs', null, 'No other job of the application is known.'));
  },
};
