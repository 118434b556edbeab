import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HubError } from '#core/contract/errors.ts';
import { readSwitchCommand } from './switch-command.ts';

test('puts named arguments in the order the verb takes them', () => {
  expect(readSwitchCommand('transfer', { leg: 'l1', destination: '2000' })).toEqual({
    kind: 'call',
    verb: 'transfer',
    args: ['l1', '2000'],
  });
  expect(readSwitchCommand('park', { leg: 'l1' })).toMatchObject({ args: ['l1'] });
  expect(readSwitchCommand('record', { leg: 'l1', on: false })).toMatchObject({ args: ['l1', false] });
  const call = { agent: '1001', number: '+49 30 901820', requestId: 'r-12345678', correlation: { contactId: 'c1' } };
  expect(readSwitchCommand('makeCall', call)).toMatchObject({ args: [call] });
  expect(readSwitchCommand('setAgentState', { agent: '1001', state: 'notReady', reason: null })).toMatchObject({
    kind: 'agentState',
    order: { agent: '1001', state: 'notReady' },
  });
});

test('an unknown verb and a missing argument are refused with a sentence', () => {
  expect(() => readSwitchCommand('constructor', {})).toThrow(/knows the command "constructor"; there are makeCall/);
  expect(() => readSwitchCommand('transfer', { leg: 'l1' })).toThrow(/"destination"/);
});

test('no line break gets through to a switch', () => {
  for (const number of ['1\r\nAction: Command', '1\n', '\u00001', '1\u001B']) {
    expect(() => readSwitchCommand('makeCall', { agent: '1001', number, requestId: 'r' })).toThrow(HubError);
    expect(() => readSwitchCommand('transfer', { leg: 'l1', destination: number })).toThrow(HubError);
    expect(() => readSwitchCommand('setAgentState', { agent: number, state: 'ready' })).toThrow(HubError);
  }
});

test('whatever comes is a command or a HubError', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('makeCall', 'clear', 'park')), fc.anything(), (verb, args) => {
      try {
        readSwitchCommand(verb, args);
      } catch (error) {
        expect(error).toBeInstanceOf(HubError);
      }
    }),
  );
});
