/**
 * What a refusal of the switch means to the hub. Messages as Asterisk 11 to 22 word them (main/manager.c and the
 * modules' own actions); those in the recordings 09b, 14 and 17 are covered by tests.
 */
import { HubError, type HubErrorCode } from '#core/contract/errors.ts';
import type { AmiFrame } from './frames.ts';

/** `write` privileges in manager.conf of which an action needs one, as `ListCommands` shows them (recording 17b). */
export const privilegesOf: Readonly<Record<string, readonly string[]>> = {
  Atxfer: ['call'],
  BlindTransfer: ['call'],
  CoreSettings: ['system', 'reporting'],
  CoreShowChannels: ['system', 'reporting'],
  Filter: ['system'],
  Hangup: ['system', 'call'],
  MixMonitor: ['system'],
  Originate: ['originate'],
  Park: ['call'],
  QueuePause: ['agent'],
  Redirect: ['call'],
  Status: ['system', 'reporting', 'call'],
  StopMixMonitor: ['system', 'call'],
};

interface Meaning {
  readonly code: HubErrorCode;
  readonly says: string;
  readonly field?: string;
}
const meanings: readonly (readonly [RegExp, Meaning])[] = [
  [
    /no such channel|channel (?:specified )?does not exist|channel not existent|channel not found/iu,
    { code: 'resource.missing', says: 'that leg is not up any more' },
  ],
  [
    /extension does not exist|extension not specified|no such exten|invalid extension/iu,
    {
      code: 'resource.missing',
      says: 'the number cannot be dialled in that context; check `context`',
      field: 'context',
    },
  ],
  [
    /interface not found|no such interface|not in queue|unable to find/iu,
    { code: 'resource.missing', says: 'that phone is not a member of the queue' },
  ],
  [/no such queue|queue not found|unknown queue/iu, { code: 'resource.missing', says: 'there is no such queue' }],
  [/invalid\/unknown command/iu, { code: 'facet.unsupported', says: 'this switch does not know the action' }],
];

/** The error for `Response: Error` to an action. `words` never hold a secret: the switch does not echo headers. */
export function refusal(action: string, reply: AmiFrame): HubError {
  const words = sayable(reply.get('Message') ?? reply.name);
  if (/authentication failed|authentication required/iu.test(words)) return loginRefused();
  if (/permission denied/iu.test(words)) return permissionDenied(action);
  const meaning = meanings.find(([pattern]) => pattern.test(words))?.[1];
  if (meaning === undefined) {
    return new HubError('remote.rejected', `The switch refused ${action}: "${words}".`, { scope: 'request' });
  }
  return new HubError(meaning.code, `The switch refused ${action}: ${meaning.says} ("${words}").`, {
    scope: 'request',
    ...(meaning.field === undefined ? {} : { field: meaning.field }),
  });
}

/** Asterisk words a wrong user and a wrong secret alike (recording 17). */
export function loginRefused(): HubError {
  return new HubError(
    'auth.rejected',
    'The switch refused the login. Check AMI user and secret against manager.conf, and that its `permit` line allows this host.',
    { scope: 'connection', field: 'secret' },
  );
}

/** Names the privilege to add. Asterisk answers an action before login the same way. */
export function permissionDenied(action: string): HubError {
  const needed = privilegesOf[action];
  const mend =
    needed === undefined
      ? 'The AMI user lacks a privilege for it.'
      : `Add "${needed.join('" or "')}" to \`write\` of the AMI user in manager.conf and reload the manager.`;
  return new HubError('permission.denied', `The switch does not allow ${action}. ${mend}`, {
    scope: 'request',
    field: 'username',
  });
}

export const notAnswered = (action: string, timeoutMs: number) =>
  new HubError('remote.timeout', `The switch did not answer ${action} in ${timeoutMs} ms.`, { retry: 'soon' });

/** Words of the switch, short enough and without control characters. */
export function sayable(words: string): string {
  return words
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
}
