import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shippedSynonyms } from './synonyms.ts';
import { buildLexicon, wordsOf } from './words.ts';

const lexicon = buildLexicon(shippedSynonyms());

test.each([
  ['FirstName', 'first name'],
  ['first_name', 'first name'],
  ['firstname', 'first name'],
  ['MobilePhone', 'mobile phone'],
  ['mobilephone', 'mobile phone'],
  ['telephone1', 'phone'],
  ['email2', 'email 2'],
  ['E-Mail', 'email'],
  ['hs_call_duration', 'call duration'],
  ['Lead_Source__c', 'contact source'],
  ['x_studio_fax', 'fax'],
  ['FName', 'name'],
  ['cCusPostCode', 'account postal code'],
  ['userownerid', 'user owner id'],
  ['CallDurationInSeconds', 'call duration in second'],
  ['prénom', 'first'],
  ['手机号码', 'mobile number'],
  ['联系人姓名', 'contact 姓名'],
  ['主叫号码', 'from number'],
  ['通话时长(秒)', 'call duration second'],
  ['電子郵件', 'email'],
  ['ＥＭＡＩＬ', 'email'],
])('%s is cut into %s', (name, words) => {
  expect(wordsOf(name, lexicon).join(' ')).toBe(words);
});

test('words that are not in the list stand for themselves', () => {
  expect(wordsOf('flavour_of_icecream', lexicon)).toEqual(['flavour', 'of', 'icecream']);
});

test('an empty name, blanks and signs have no words', () => {
  for (const name of ['', '   ', '___', '!?', '🙂']) expect(wordsOf(name, lexicon)).toEqual([]);
});

test('any name is cut into few words, and always the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (name) => {
      const words = wordsOf(name, lexicon);
      expect(words.length).toBeLessThanOrEqual(24);
      expect(wordsOf(name, lexicon)).toEqual(words);
    }),
  );
});
