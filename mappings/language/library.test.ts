import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLibrary } from './library.ts';
import { DictionaryError } from './problem.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
const head = (connector: string, more = '') =>
  `connector: ${connector}\nobject: contacts\nentity: contact\nversion: 2\n${more}`;

test('a file of the user takes the place of the shipped one, with the user’s own values', () => {
  put('hubspot/contact.yaml', head('hubspot', 'rules: [{ to: status, from: s, steps: [{ values: mine }] }]\n'));
  put('shared/mine.yaml', 'values: mine\nrows: [{ record: ja, entity: active }]\n');
  const library = openLibrary({ userFolder: folder });
  expect(library.problems).toEqual([]);
  expect(library.find('hubspot', 'contacts')?.version).toBe(2);
  expect(library.compiled('hubspot', 'contacts').read({ s: 'JA' }).entity).toEqual({ status: 'active' });
  expect(library.find('hubspot', 'calls')?.file).toBe('hubspot/call.yaml');
});

test('a dictionary extends another one, replaces rules by target and drops some', () => {
  put(
    'acme/contact.yaml',
    head('acme', 'extends: hubspot/contact\nwithout: [status]\nrules: [{ to: firstName, from: vorname }]\n'),
  );
  const { read, dictionary } = openLibrary({ userFolder: folder }).compiled('acme', 'contact');
  expect(read({ vorname: 'Ann', lastname: 'Lee', hs_lead_status: 'NEW' }).entity).toMatchObject({
    firstName: 'Ann',
    lastName: 'Lee',
  });
  expect(dictionary.rules.map((rule) => rule.id)).not.toContain('status');
  expect(dictionary.rules[0]?.id).toBe('firstName');
});

test('a broken file hurts only those who ask for it, and never gives way to another dictionary', () => {
  put('hubspot/contact.yaml', head('hubspot', 'rules: { fristName: a }\n'));
  put('replay/call.yaml', 'connector: replay\n');
  const library = openLibrary({ userFolder: folder });
  expect(library.problems.map((problem) => problem.file)).toContain('hubspot/contact.yaml');
  expect(() => library.compiled('hubspot', 'contacts')).toThrow(/fristName/);
  expect(() => library.compiled('replay', 'call')).toThrow(DictionaryError);
  expect(library.compiled('hubspot', 'calls').dictionary.object).toBe('calls');
  expect(library.compiled('asterisk-ami', 'call').dictionary.connector).toBe('asterisk-ami');
});

test('dictionaries that extend each other are refused, not followed for ever', () => {
  put('a/contact.yaml', head('a', 'extends: b/contact\nrules: []\n'));
  put('b/contact.yaml', head('b', 'extends: a/contact\nrules: []\n'));
  expect(openLibrary({ userFolder: folder }).problems.map((problem) => problem.code)).toContain('extends.missing');
});

test('what nobody wrote is asked for by name', () => {
  expect(() => openLibrary().compiled('acme', 'contact')).toThrow(/mappings\/acme\/contact\.yaml/);
});
