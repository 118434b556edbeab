import { expect, test } from 'vitest';
import { itemRefusal, refusalOf } from './errors.ts';

const now = Date.parse('2026-11-22T01:00:00Z');
const said = (status: number, body: unknown, retryAfter?: string) =>
  refusalOf('The request', { status, retryAfter, text: typeof body === 'string' ? body : JSON.stringify(body) }, now);
const inText = (faults: unknown) => `Property values were not valid: ${JSON.stringify(faults)}`;

test.each([
  [401, { category: 'INVALID_AUTHENTICATION' }, { code: 'auth.rejected', field: 'accessToken', retry: 'never' }],
  [401, { category: 'EXPIRED_AUTHENTICATION' }, { code: 'auth.expired', field: 'accessToken' }],
  [403, { category: 'MISSING_SCOPES' }, { code: 'permission.denied', scope: 'connection' }],
  [404, { category: 'OBJECT_NOT_FOUND' }, { code: 'record.gone', scope: 'record' }],
  [409, { message: 'Contact already exists. Existing ID: 12345' }, { code: 'record.duplicate', existingId: '12345' }],
  [409, { message: 'collides' }, { code: 'record.conflict', existingId: null }],
  [423, { category: 'LOCKED' }, { code: 'remote.unavailable', retry: 'after', retryAfterMs: 2000 }],
  [429, { policyName: 'DAILY' }, { code: 'remote.rateLimited', retryAfterMs: 900_000 }],
  [429, { policyName: 'TEN_SECONDLY_ROLLING' }, { code: 'remote.rateLimited', retryAfterMs: 10_000 }],
  [429, { policyName: 'SECONDLY' }, { code: 'remote.rateLimited', retryAfterMs: 1000 }],
  [429, { message: 'You have reached your secondly limit.' }, { code: 'remote.rateLimited', retryAfterMs: 1000 }],
  [477, {}, { code: 'remote.unavailable', retryAfterMs: 60_000 }],
  [400, { category: 'VALIDATION_ERROR' }, { code: 'record.invalid', scope: 'record' }],
  [415, { message: 'no' }, { code: 'remote.rejected', retry: 'never' }],
  [500, { category: 'INTERNAL_ERROR' }, { code: 'remote.unavailable', retry: 'soon' }],
  [502, '<html>Bad gateway</html>', { code: 'remote.unavailable', retry: 'soon' }],
  [403, '<html>Blocked</html>', { code: 'remote.garbled', field: 'baseUrl' }],
  [404, 'not json', { code: 'remote.garbled' }],
] as const)('%d %j', (status, body, wanted) => {
  expect(said(status, body)).toMatchObject(wanted);
});

test('Retry-After wins over the usual wait', () => {
  expect(said(429, { policyName: 'DAILY' }, '7')).toMatchObject({ retryAfterMs: 7000 });
  expect(said(503, {}, '30')).toMatchObject({ retry: 'after', retryAfterMs: 30_000 });
  expect(said(429, {}, 'nonsense')).toMatchObject({ retryAfterMs: 10_000 });
});

test('missing scopes are named, under whichever name they come', () => {
  for (const name of ['requiredScopes', 'requiredGranularScopes', 'missingScopes'])
    expect(
      said(403, { category: 'MISSING_SCOPES', errors: [{ context: { [name]: ['crm.objects.contacts.read'] } }] })
        .message,
    ).toContain('crm.objects.contacts.read');
});

test('the field at fault is found in each place HubSpot puts it', () => {
  const fault = { isValid: false, message: 'not a date', error: 'INVALID_DATE', name: 'closedate' };
  expect(said(400, { message: inText([fault]), category: 'VALIDATION_ERROR' })).toMatchObject({ field: 'closedate' });
  expect(said(400, { message: 'x', context: { properties: ['hs_timestamp'] } })).toMatchObject({
    field: 'hs_timestamp',
  });
  const nested = {
    message: 'x',
    errors: [{ message: 'no such', code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: ['foo'] } }],
  };
  expect(said(400, nested)).toMatchObject({ field: 'foo' });
  expect(said(400, { message: 'Property values were not valid: [{"name": broken' })).toMatchObject({
    code: 'record.invalid',
  });
});

test('a unique value taken by another record names that record', () => {
  const message = 'Cannot set PropertyValueCoordinates{propertyName=tieline_key} on 111. 222 already has that value.';
  expect(itemRefusal('x', { category: 'VALIDATION_ERROR', message }, now)).toMatchObject({
    code: 'record.duplicate',
    existingId: '222',
  });
});

test('long and strange bodies do not flood the message', () => {
  const error = said(400, { message: 'x'.repeat(100_000), correlationId: 'c'.repeat(5000) });
  expect(error.message.length).toBeLessThan(700);
  for (const body of ['null', '[]', '"text"', '{"errors": "no list"}', '{"context": 5}'])
    expect(said(400, body)).toMatchObject({
      code: expect.stringMatching(/^(record\.invalid|remote\.garbled)$/) as string,
    });
});
