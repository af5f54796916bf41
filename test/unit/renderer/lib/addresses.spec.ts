import { describe, expect, test } from 'vitest';
import { findingFilterOf, logFilterOf, personFilterOf } from '../../../../src-renderer/lib/address/filters.ts';
import { withField } from '../../../../src-renderer/lib/address/query-fields.ts';
import { parseRoute, viewAddress } from '../../../../src-renderer/lib/address/routes.ts';

const now = Date.parse('2026-11-23T20:00:00Z');

describe('addresses', () => {
  test('name a connection and a view, and are read back', () => {
    expect(viewAddress('a b/c', 'log', { person: 'x' })).toBe('/c/a%20b%2Fc/log?person=x');
    expect(parseRoute('/c/a%20b%2Fc/log')).toEqual({ name: 'view', connection: 'a b/c', view: 'log' });
    expect(parseRoute('/c/fabrikam')).toEqual({ name: 'view', connection: 'fabrikam', view: 'overview' });
    expect(parseRoute('/')).toEqual({ name: 'start' });
    expect(parseRoute('/connections/fabrikam')).toEqual({ name: 'access', connection: 'fabrikam' });
  });

  test('that nobody made lead nowhere, without an error', () => {
    expect(parseRoute('/c/fabrikam/nonsense')).toEqual({ name: 'unknown' });
    expect(parseRoute('/c/%zz/log')).toEqual({ name: 'view', connection: '%zz', view: 'log' });
  });

  test('carry every filter of the log', () => {
    const query = new URLSearchParams(
      'status=failure,warning&action=create&person=p1&cycle=c1&code=Conflict&issue=i1&benign=false&q=ada',
    );
    expect(logFilterOf(query, now)).toEqual({
      status: ['failure', 'warning'],
      action: ['create'],
      entraId: 'p1',
      cycleId: 'c1',
      errorCode: ['Conflict'],
      issue: 'i1',
      benign: false,
      text: 'ada',
    });
  });

  test('count a range back from now, and take bounds as they are', () => {
    expect(logFilterOf(new URLSearchParams('range=24h'), now)).toEqual({ from: '2026-11-22T20:00:00.000Z' });
    expect(logFilterOf(new URLSearchParams('from=2026-11-01T00:00:00Z&to=nonsense'), now)).toEqual({
      from: '2026-11-01T00:00:00.000Z',
    });
  });

  test('drop words that the contract does not know', () => {
    expect(findingFilterOf(new URLSearchParams('kind=missing-in-target,invented&state='))).toEqual({
      kind: ['missing-in-target'],
    });
    expect(personFilterOf(new URLSearchParams('findings=true&source=in-scope'))).toEqual({
      withFindings: true,
      source: ['in-scope'],
    });
  });

  test('lose a field that is set to nothing', () => {
    const query = new URLSearchParams('a=1&b=2');
    expect(withField(query, 'a', null).toString()).toBe('b=2');
    expect(withField(query, 'b', ['x', 'y']).get('b')).toBe('x,y');
    expect(query.toString()).toBe('a=1&b=2');
  });
});
