import { expect, test } from 'vitest';
import { shortReason } from '../../../../src-renderer/lib/short-reason.ts';

const wrap = (status: string, answer: string): string =>
  `StatusCode: ${status} Message: Processing of the HTTP request resulted in an exception. Please see the HTTP ` +
  `response returned by the 'Response' property of this exception for details. Web Response: ${answer}`;

test("the target's own words lead, also where the answer was cut off", () => {
  const whole = wrap('Conflict', '{"status":"409","detail":"userName \\"a\\" already exists"}. This was retried.');
  expect(shortReason(whole)).toBe('Conflict: userName "a" already exists');
  expect(shortReason(wrap('TooManyRequests', '{"status":"429","detail":"Rate limit e'))).toBe(
    'TooManyRequests: Rate limit e…',
  );
});

test('an answer without a detail gives what it has, and every other reason stays as it is', () => {
  expect(shortReason(wrap('InternalServerError', '{"message":"It broke","trace":"8c1f"}'))).toBe(
    'InternalServerError: It broke',
  );
  expect(shortReason(wrap('Conflict', '{"status":"409","scimType":"uniqueness","deta'))).toBe('Conflict: uniqueness');
  expect(shortReason(wrap('BadGateway', '{"schemas":["urn'))).toBe('BadGateway');
  expect(shortReason(wrap('BadGateway', '<html>'))).toBe('BadGateway: <html>');
  expect(shortReason('RedundantExport')).toBe('RedundantExport');
  expect(shortReason('StatusCode: Conflict')).toBe('StatusCode: Conflict');
});
