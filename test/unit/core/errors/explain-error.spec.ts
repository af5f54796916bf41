import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownErrors } from '../../../../src-main/core/errors/error-codes.ts';
import { explainError } from '../../../../src-main/core/errors/explain-error.ts';
import { issueKey } from '../../../../src-main/core/log/issue-key.ts';
import { parseReason } from '../../../../src-main/core/errors/parse-reason.ts';

describe('an error code', () => {
  test('is one of 64 known ones, each with a meaning, causes, an actor and a remedy', () => {
    expect(new Set(knownErrors.map((known) => known.code)).size).toBe(64);
    for (const known of knownErrors) {
      for (const sentence of [known.meaning, known.remedy]) expect(sentence, known.code).toMatch(/^[A-Z].*\.$/);
      expect(known.likelyCauses.length, known.code).toBeGreaterThan(0);
      expect(explainError(known.code, null), known.code).toMatchObject({ match: 'exact', knownAs: known.code });
    }
  });

  test('is found whatever its casing', () => {
    expect(explainError('tooMANYrequests', null)).toMatchObject({ match: 'exact', knownAs: 'TooManyRequests' });
  });

  test('with the name of a connector in front is explained by its ending, the longest that fits', () => {
    expect(explainError('UnifiEntryConflict', null)).toMatchObject({ match: 'suffix', knownAs: 'EntryConflict' });
    expect(explainError('UnifiInvalidCredentials', null).knownAs).toBe('InvalidCredentials');
    expect(explainError('MicrosoftEntraIDForbidden', null).knownAs).toBe('AzureActiveDirectoryForbidden');
    expect(explainError('QuarantineOnDemand', null).knownAs).toBe('QuarantinedOnDemand');
  });

  test.each([
    ['{"status":"409","detail":"userName is taken"}', 'Conflict'],
    ['{"status":"400","scimType":"uniqueness","detail":"taken"}', 'Conflict'],
    ['{"status":"400","scimType":"noTarget"}', 'SchemaAttributeNotFound'],
    ['{"status":"401"}', 'Unauthorized'],
    ['{"status":"404"}', 'InvalidAnchor'],
    ['{"status":"503"}', 'InternalServerError'],
  ])('that nobody knows is explained by what UNIFI answered: %s', (body, knownAs) => {
    const found = explainError('Brewing', `StatusCode: 200 Message: No. Web Response: ${body}`);
    expect(found).toMatchObject({ code: 'Brewing', match: 'answer', knownAs });
    // A known code says more than the answer.
    expect(explainError('Timeout', `Web Response: ${body}`)).toMatchObject({ match: 'exact', knownAs: 'Timeout' });
  });

  test('that nobody knows comes with the text of the service', () => {
    const reason = 'StatusCode: 418 Message: No. Web Response: {"status":"418","detail":"I am a teapot"}.';
    expect(explainError('Brewing', reason)).toMatchObject({
      match: 'unknown',
      knownAs: null,
      meaning: 'I am a teapot',
      answer: { httpStatus: 418 },
    });
    expect(explainError('', 'plain words')).toMatchObject({
      match: 'unknown',
      meaning: 'plain words',
      remedy: expect.stringMatching(/^The service gave no code/) as string,
    });
    expect(explainError('Brewing', null).meaning).toBe('The service gave this code and no text.');
    expect(explainError('SomethingUnknown', 'plain words').meaning).toBe('plain words');
  });
});

describe('a reason text', () => {
  test('gives the status by name or number, and the SCIM body even when its strings hold braces', () => {
    const reason = 'StatusCode: Conflict Message: m. Web Response: {"scimType":"uniqueness","detail":"a } \\" {b"} end';
    expect(parseReason(reason)).toMatchObject({
      httpStatus: 409,
      scimType: 'uniqueness',
      scimDetail: 'a } " {b',
      message: 'StatusCode: Conflict Message: m. Web Response: end',
    });
    expect(parseReason('HTTP/1.1 503 Service Unavailable').httpStatus).toBe(503);
  });

  test('is read whatever it holds, and quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json(), (text, json) => {
        expect(typeof parseReason(`${text}${json}${text}`).message).toBe('string');
      }),
    );
    for (const hostile of ['{'.repeat(100_000) + '}'.repeat(100_000), 'a'.repeat(200_000), '{"a'.repeat(50_000)]) {
      expect(typeof explainError('Brewing', hostile).meaning).toBe('string');
      expect(issueKey('Brewing', hostile)).toMatch(/^Brewing\./);
    }
  });

  test('stays whole when it has another form', () => {
    expect(parseReason('Something {else} happened {')).toEqual({
      httpStatus: null,
      scimType: null,
      scimDetail: null,
      message: 'Something {else} happened {',
      retries: null,
      nextRetryAt: null,
    });
  });

  test('says how often it was retried and when it will be again', () => {
    expect(
      parseReason(
        'X. This operation was retried 3 times. It will be retried again after this date: 2026-08-11T15:20:01Z UTC',
      ),
    ).toMatchObject({ retries: 3, nextRetryAt: '2026-08-11T15:20:01Z', message: 'X.' });
    expect(parseReason('X. This operation was retried 30 times. It will not be retried again.')).toMatchObject({
      retries: 30,
      nextRetryAt: null,
      message: 'X.',
    });
  });
});
