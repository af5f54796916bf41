import type { Finding, Severity } from '../../contract/models/finding.ts';

/**
 * How urgent a finding is. High: somebody who left can still get in, or somebody who should work cannot. Medium: access
 * or an account that nobody decided on, or that will go wrong with the next change. Low: data that only reads wrong.
 */
export const severityOf = (finding: Pick<Finding, 'kind' | 'difference' | 'attribute'>): Severity => {
  switch (finding.kind) {
    case 'active-source-gone':
    case 'missing-in-target':
    case 'inactive-in-target':
      return 'high';
    case 'active-not-entitled':
    case 'orphan-in-target':
    case 'duplicate-in-target':
    case 'duplicate-match-value':
    case 'missing-match-value':
    case 'stale-link':
    case 'group-missing-in-target':
    case 'member-missing':
    case 'member-extra':
      return 'medium';
    case 'attribute-drift':
      // A wrong match value leads to a second account with the next full match.
      return finding.attribute?.toLowerCase() === 'username' && finding.difference === 'value' ? 'medium' : 'low';
    case 'group-orphan-in-target':
      return 'low';
  }
};
