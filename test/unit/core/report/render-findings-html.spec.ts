import { describe, expect, test } from 'vitest';
import { findingKinds } from '../../../../src-main/contract/models/finding.ts';
import { renderFindingsHtml } from '../../../../src-main/core/report/render-findings-html.ts';
import { check, finding, source, status } from './report-data.ts';

const render = (data: ReturnType<typeof check>): string =>
  [...renderFindingsHtml({ connectionName: 'Contoso', check: data, status })].join('');

describe('the findings report', () => {
  test('shows the job, counts by kind, the sources, and each finding with what to do', () => {
    const html = render(
      check([
        finding(),
        finding({
          id: 'f-2',
          kind: 'attribute-drift',
          attribute: 'name.givenName',
          difference: 'value',
          actual: 'Eda',
        }),
      ]),
    );
    for (const words of [
      'Provisioning findings: Contoso',
      'Healthy: the last cycle ended.',
      'People without an account in UNIFI',
      'Ada Brandt',
      'ada.brandt@contoso.example',
      '(nothing)',
      'Look at the error of the last attempt.',
      'name.givenName; different value',
      'provisioning-log 2026-08-10 09:30 UTC: The last write failed.',
      '1\u202f234\u202f567',
      '2026-08-11 09:01 UTC',
    ]) {
      expect(html).toContain(words);
    }
  });

  test('has a heading for every kind, open findings before resolved ones', () => {
    const all = findingKinds.map((kind) => finding({ id: kind, kind }));
    for (const kind of findingKinds) expect(render(check(all))).toContain(`<section id="${kind}">`);
    const html = render(
      check([
        finding({ state: 'resolved', subject: { type: 'user', entraId: 'a', scimId: null, name: 'Aaron' } }),
        finding({ state: 'open', subject: { type: 'user', entraId: 'z', scimId: null, name: 'Zoe' } }),
      ]),
    );
    expect(html.indexOf('Zoe')).toBeLessThan(html.indexOf('Aaron'));
  });

  test('escapes everything that came from outside, and has no script and no outside address', () => {
    const nasty = '<script>alert(1)</script><img src=x onerror="y">&\'\u0000';
    const html = render(
      check(
        [
          finding({
            subject: { type: 'user', entraId: nasty, scimId: nasty, name: nasty },
            member: { entraId: nasty, scimId: null, name: nasty },
            attribute: nasty,
            expected: nasty,
            actual: nasty,
            advice: nasty,
            related: [{ type: 'user', entraId: nasty, scimId: null, name: nasty }],
            evidence: [{ source: 'users', ref: nasty, at: nasty, text: nasty }],
            changedAt: nasty,
            expectedBy: nasty,
          }),
        ],
        { notEvaluated: [{ attribute: nasty, reason: nasty, count: 2 }] },
      ),
    );
    expect(html).not.toMatch(/<script|<img|\u0000/);
    expect(html).not.toMatch(/https?:\/\//);
    expect(html.match(/<[a-z][^>]*\son\w+=/g)).toBeNull();
  });

  test('does not call an empty list good news when a source is missing', () => {
    const failure = { code: 'scim-unavailable' as const, message: 'UNIFI failed (503).', advice: 'Wait.' };
    const partial = render(check([], { sources: [source({ source: 'scim-users', status: 'failed', failure })] }));
    expect(partial).toContain('no statement that all is well');
    expect(partial).toContain('UNIFI failed (503).');
    expect(render(check([]))).toContain('No disagreement between Entra and UNIFI was found.');
  });
});
