import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAgentState } from './agent-state.ts';
import { agentDevice, createCallControl, orderId } from './call-control.ts';
import { createChannelBook } from './channel-book.ts';
import { config as schema } from './config.ts';
import { refusal } from './errors.ts';
import { frameOf, serializeAction } from './frames.ts';
import type { ActionHeader } from './link.ts';
import { createOriginateWatch } from './originate-watch.ts';

const config = schema.parse({ host: 'pbx', username: 'hub', secret: 'example' });

/** The wire as the switch would read it: one list of header names per action. */
function wire() {
  const actions: string[][] = [];
  const act = async (headers: readonly ActionHeader[]) => {
    const [action, ...rest] = headers;
    if (action === undefined) throw new Error('no action');
    const text = serializeAction([action, ['ActionID', 'x'], ...rest]).toString('utf8');
    for (const block of text.split(/\r\n\r\n|\n\n/u).filter((part) => part.trim() !== '')) {
      actions.push(block.split(/\r\n|\n|\r|\0/u).map((line) => line.slice(0, Math.max(0, line.indexOf(':')))));
    }
  };
  return { actions, act };
}

const known: Readonly<Record<string, readonly string[]>> = {
  Originate: [
    'Action',
    'ActionID',
    'Channel',
    'ChannelId',
    'Context',
    'Exten',
    'Priority',
    'CallerID',
    'Timeout',
    'Async',
    'Variable',
  ],
  Hangup: ['Action', 'ActionID', 'Channel', 'Cause'],
  BlindTransfer: ['Action', 'ActionID', 'Channel', 'Context', 'Exten'],
  Atxfer: ['Action', 'ActionID', 'Channel', 'Context', 'Exten'],
  Park: ['Action', 'ActionID', 'Channel', 'TimeoutChannel', 'AnnounceChannel'],
  MixMonitor: ['Action', 'ActionID', 'Channel', 'File', 'Options'],
  QueuePause: ['Action', 'ActionID', 'Queue', 'Interface', 'Paused', 'Reason'],
  QueueStatus: ['Action', 'ActionID', 'Queue'],
};

const evil = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(
      fc.string(),
      fc.constantFrom('\r\n', '\n', '\r', '\0', '\r\n\r\n'),
      fc.constantFrom('Action: Logoff\r\n\r\n', 'Application: System', 'Channel: /.*/'),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('1001', '+14155550188', 'PJSIP/1001', '1795312022.1060', '/^.*$/', '1,SHELL(reboot)', '${SYSTEM(x)}'),
);

test('no value of any verb adds a header, an action or a second line', async () => {
  await fc.assert(
    fc.asyncProperty(evil, evil, evil, async (a, b, c) => {
      const { actions, act } = wire();
      const calls = createCallControl({ config, book: createChannelBook(), watch: createOriginateWatch(0), act });
      const member = frameOf([
        ['Event', 'QueueMember'],
        ['Queue', 'support'],
        ['Location', 'PJSIP/1001'],
      ]);
      const agents = createAgentState({ config, act, list: async (headers) => (await act(headers), [member]) });
      const attempts = [
        calls.makeCall({ agent: a, number: b, requestId: c, callerId: a, correlation: { mark: b } }),
        calls.makeCall({ agent: '1001', number: '1002', requestId: a, callerId: b, correlation: { [c]: a } }),
        calls.clear(a),
        calls.transfer(a, b),
        calls.transfer('1.2', a),
        calls.attendedTransfer('1.2', b),
        calls.park(a, b),
        calls.park('1.2', b),
        calls.record(a, true),
        agents.set('1001', 'notReady', { reason: a }),
        agents.set('1001', 'notReady', { queue: b }),
        agents.set(a, 'ready'),
      ];
      const outcomes = await Promise.allSettled(attempts.map(async (attempt) => attempt));
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'HubError' });
      }
      for (const [action] of actions.entries()) {
        const names = actions[action] ?? [];
        expect(names[0]).toBe('Action');
        const allowed = Object.values(known).some((set) => names.every((name) => set.includes(name)));
        expect(allowed, names.join()).toBe(true);
        const once = names.filter((name) => name !== 'Variable');
        expect(new Set(once).size).toBe(once.length);
      }
    }),
    { numRuns: 500 },
  );
});

test('a leg that is a pattern for many channels is refused', async () => {
  const { actions, act } = wire();
  const calls = createCallControl({ config, book: createChannelBook(), watch: createOriginateWatch(0), act });
  await expect(calls.clear('/^PJSIP.*/')).rejects.toMatchObject({ code: 'input.invalid', field: 'leg' });
  expect(actions).toEqual([]);
});

test('device and order id', () => {
  expect(agentDevice('1001', 'Local/{agent}@agents/n')).toBe('Local/1001@agents/n');
  expect(() => agentDevice('1001&SIP/2', 'PJSIP/{agent}')).toThrow();
  expect(orderId('a\r\nb')).toMatch(/^tieline-[0-9a-f]{24}$/u);
});

test.each([
  ['Originate', 'Permission denied', 'permission.denied', /"originate"/u],
  ['Hangup', 'No such channel', 'resource.missing', /not up/u],
  ['Originate', 'Extension does not exist.', 'resource.missing', /context/u],
  ['QueuePause', 'Interface not found', 'resource.missing', /member/u],
  ['QueueRemove', 'Member not dynamic', 'remote.rejected', /Member not dynamic/u],
  [
    'BlindTransfer',
    'Invalid/unknown command: BlindTransfer. Use Action: ListCommands to show available commands.',
    'facet.unsupported',
    /not know/u,
  ],
  ['Login', 'Authentication failed', 'auth.rejected', /secret/u],
  ['Park', `long ${'x'.repeat(5000)}\u0007`, 'remote.rejected', /^.{0,260}$/u],
])('%s: "%s" is %s', (action, message, code, words) => {
  const error = refusal(
    action,
    frameOf([
      ['Response', 'Error'],
      ['Message', message],
    ]),
  );
  expect(error.code).toBe(code);
  expect(error.message).toMatch(words);
});
