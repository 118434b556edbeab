import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { correlationVariables, readCorrelation } from './correlation.ts';
import { destinationString, dialString } from './dial-number.ts';

const plain = { dialPrefix: '', plusPrefix: '+', internalDigits: 5 };

test.each([
  ['+1 (415) 555-0188', '+14155550188', ''],
  ['tel:+1-415-555-0188', '+14155550188', ''],
  ['tel:+14155550188;ext=42', '+14155550188', '42'],
  ['+1 415 555 0188 ext. 42', '+14155550188', '42'],
  ['415.555.0188 x 7', '4155550188', '7'],
  ['+49 (0) 30 901820', '+4930901820', ''],
  ['(0)30 901820', '030901820', ''],
  ['010-12345678转801', '01012345678', '801'],
  ['010 1234 5678 分机 801', '01012345678', '801'],
  ['＋８６１０１２３４５６７８', '+861012345678', ''],
  ['٠١٢٣٤٥٦٧', '01234567', ''],
  ['+14155550188,,42#', '+14155550188', '42#'],
  ['1002', '1002', ''],
  ['*97', '*97', ''],
  ['sip:1002@pbx.example.com', '1002', ''],
])('%s is dialled %s, then %s', (entered, exten, postDial) => {
  expect(dialString(entered, plain)).toEqual({ exten, postDial });
});

test('prefixes apply to outside numbers only', () => {
  const rules = { dialPrefix: '9', plusPrefix: '00', internalDigits: 4 };
  expect(dialString('+14155550188', rules).exten).toBe('90014155550188');
  expect(dialString('4155550188', rules).exten).toBe('94155550188');
  expect(dialString('1002', rules).exten).toBe('1002');
  expect(dialString('*8', rules).exten).toBe('*8');
});

test.each(['', '+', 'call me', '123\r\nAction: Logoff', '../etc', '${SHELL(x)}', '1&2', '1|2'])(
  '%j is refused',
  (entered) => {
    expect(() => dialString(entered, plain)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  },
);

test('a destination may be a name', () => {
  expect(destinationString('support', plain)).toBe('support');
  expect(destinationString('+1 415', plain)).toBe('+1415');
  expect(() => destinationString('a b', plain)).toThrow();
});

test('whatever is entered, what comes out is dialable', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (entered) => {
      try {
        expect(dialString(entered, plain).exten).toMatch(/^\+?[0-9*#]+$/u);
      } catch (error) {
        expect(error).toMatchObject({ code: 'input.invalid' });
      }
    }),
  );
});

test('marks come back as they went, through a header that splits at commas', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (requestId, mark) => {
      const lines = correlationVariables(requestId, { contactId: mark });
      expect(lines.join('')).toMatch(/^[\w%.~=-]*$/u);
      const back = lines.map((line) =>
        readCorrelation(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)),
      );
      expect(back).toEqual([
        { key: 'requestId', value: requestId.toWellFormed() },
        { key: 'contactId', value: mark.toWellFormed() },
      ]);
    }),
  );
  expect(() => correlationVariables('x', { 'a,SHELL(x)': 'y' })).toThrow();
  expect(readCorrelation('CRM_USER', 'x')).toBeNull();
});
