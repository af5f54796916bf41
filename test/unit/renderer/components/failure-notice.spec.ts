import { render, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { failureCodes } from '../../../../src-main/contract/failure.ts';
import FailureNotice from '../../../../src-renderer/components/FailureNotice.svelte';

describe('FailureNotice', () => {
  test('has a heading, the message and the advice for every code', () => {
    for (const code of failureCodes) {
      const { container, unmount } = render(FailureNotice, {
        failure: { code, message: 'What went wrong.', advice: 'What to do.' },
      });
      expect(container.textContent).toMatch(/^\S.*What went wrong\. What to do\./s);
      unmount();
    }
  });

  test('names permission, role and request id, ready to be copied', () => {
    render(FailureNotice, {
      failure: {
        code: 'graph-forbidden',
        message: 'Refused.',
        advice: 'Grant it.',
        permissions: ['AuditLog.Read.All'],
        roles: ['Reports Reader'],
        requestId: 'r-1',
      },
    });
    for (const text of ['AuditLog.Read.All', 'Reports Reader', 'r-1', 'Copy details']) {
      expect(screen.getByText(text)).toBeTruthy();
    }
  });

  test('offers the sign-in where signing in helps, and nowhere else', () => {
    const props = { onsignin: () => undefined, onretry: () => undefined };
    const first = render(FailureNotice, {
      failure: { code: 'auth-required', message: 'Signed out.', advice: 'Sign in.' },
      ...props,
    });
    expect(screen.queryByRole('button', { name: 'Sign in' })).toBeTruthy();
    first.unmount();
    render(FailureNotice, { failure: { code: 'timed-out', message: 'Late.', advice: 'Wait.' }, ...props });
    expect(screen.queryByRole('button', { name: 'Sign in' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  test('alarms nobody about what a person cancelled', () => {
    render(FailureNotice, { failure: { code: 'cancelled', message: 'Cancelled.', advice: 'Start again.' } });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('status')).toBeTruthy();
  });

  test('lists every wrong field', () => {
    render(FailureNotice, {
      failure: {
        code: 'input-invalid',
        message: 'Not accepted.',
        advice: 'Correct it.',
        fields: [{ field: 'scim.baseUrl', reason: 'must be an https address' }],
      },
    });
    expect(screen.getByText('scim.baseUrl')).toBeTruthy();
  });
});
