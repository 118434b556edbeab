/** One call as an agent lives it: rings with what the index knows, the CRM adds its part, answer, hang-up. */
import type { Interaction } from '#core/contract/interaction.ts';
import type { Pop } from '#core/contract/desk.ts';
import type { MockHub } from './mock-hub.ts';
import { sampleCall, sampleLeg } from './sample-calls.ts';
import { sampleCandidate, samplePop } from './sample-records.ts';

export interface ScriptedCall {
  call: Interaction;
  pop: Pop;
}

export function ring(hub: MockHub, id: string, now: number, popPart: Partial<Pop> = {}): ScriptedCall {
  const call = sampleCall({
    id,
    startMs: now,
    ringing: ['1001'],
    legs: [
      sampleLeg({
        legId: `${id}.2`,
        agent: '1001',
        role: 'agent',
        startMs: now,
        spans: [{ state: 'ringing', fromMs: now, toMs: null }],
      }),
    ],
  });
  const pop = samplePop({ id: `pop-${id}`, interactionId: id, atMs: now, ...popPart });
  tell(hub, call);
  hub.tellDesk({ type: 'pop', pop });
  return { call, pop };
}

/** The second stage: the CRM knows one person with this number. */
export function crmAnswers(hub: MockHub, script: ScriptedCall): void {
  script.pop = {
    ...script.pop,
    stage: 2,
    target: 'record',
    candidates: [sampleCandidate],
    reason: 'The number belongs to Jan de Vries.',
    reasonCode: 'oneMatch',
    reasonParams: { name: 'Jan de Vries' },
    trace: [...script.pop.trace, { rule: 'key.e164', found: 1, kept: 1, detail: 'the number is the same' }],
  };
  hub.tellDesk({ type: 'pop', pop: script.pop });
}

export function answerCall(hub: MockHub, script: ScriptedCall, now: number): void {
  script.call = {
    ...script.call,
    revision: script.call.revision + 1,
    phase: 'talking',
    ringing: [],
    agent: '1001',
    agents: ['1001'],
    answerMs: now,
    legs: script.call.legs.map((leg) => ({
      ...leg,
      spans: [
        { state: 'ringing' as const, fromMs: leg.startMs, toMs: now },
        { state: 'talking' as const, fromMs: now, toMs: null },
      ],
    })),
  };
  tell(hub, script.call);
}

export function hangUp(hub: MockHub, script: ScriptedCall, now: number): void {
  const { call } = script;
  script.call = {
    ...call,
    revision: call.revision + 1,
    phase: 'ended',
    open: false,
    outcome: call.answerMs === null ? 'missed' : 'answered',
    talkMs: call.answerMs === null ? 0 : now - call.answerMs,
    endMs: now,
    legs: call.legs.map((leg) => ({ ...leg, endMs: now })),
  };
  tell(hub, script.call);
}

function tell(hub: MockHub, interaction: Interaction): void {
  hub.tellDesk({ type: 'call', interaction });
  hub.tellLive({ type: 'interaction', interaction });
}
