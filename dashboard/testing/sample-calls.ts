import type { Interaction, InteractionLeg } from '#core/contract/interaction.ts';

const second = 1000;

export function sampleLeg(part: Partial<InteractionLeg> & Pick<InteractionLeg, 'legId' | 'startMs'>): InteractionLeg {
  return {
    callId: 'call-1',
    device: '1001',
    deviceKind: 'extension',
    agent: null,
    role: 'other',
    spans: [],
    result: null,
    endMs: null,
    cause: null,
    ...part,
  };
}

export function sampleCall(part: Partial<Interaction> & Pick<Interaction, 'id' | 'startMs'>): Interaction {
  return {
    connectionId: 'pbx',
    callIds: [`${part.id}-1`],
    revision: 1,
    direction: 'inbound',
    caller: { number: '+31201234567', name: null, presentation: 'allowed' },
    callee: '+31850001000',
    agents: [],
    agent: null,
    ringing: [],
    phase: 'ringing',
    outcome: null,
    ringStartMs: part.startMs,
    answerMs: null,
    endMs: null,
    ringMs: null,
    waitMs: null,
    talkMs: 0,
    holdMs: 0,
    queue: null,
    transfers: [],
    legs: [],
    recordings: [],
    cause: null,
    correlation: {},
    open: true,
    inferred: false,
    ...part,
  };
}

/** A finished call with everything a timeline can show: queue, three ringing phones, hold, a transfer. */
export function eventfulCall(id: string, startMs: number): Interaction {
  const at = (seconds: number) => startMs + seconds * second;
  return sampleCall({
    id,
    startMs,
    revision: 14,
    caller: { number: '+31201234567', name: 'J. de Vries', presentation: 'allowed' },
    queue: 'support',
    agents: ['1001', '1003'],
    agent: '1003',
    phase: 'ended',
    outcome: 'answered',
    open: false,
    ringStartMs: at(14),
    answerMs: at(22),
    endMs: at(171),
    ringMs: 8 * second,
    waitMs: 20 * second,
    talkMs: 124 * second,
    holdMs: 25 * second,
    transfers: [{ kind: 'attended', from: '1001', to: '1003', atMs: at(110) }],
    recordings: [{ id: 'rec-20261126-1', location: '/var/spool/asterisk/monitor/rec-20261126-1.wav' }],
    cause: 16,
    legs: eventfulLegs(id, at),
  });
}

function eventfulLegs(id: string, at: (seconds: number) => number): InteractionLeg[] {
  return [
    sampleLeg({
      legId: `${id}.1`,
      device: 'voip-provider',
      deviceKind: 'trunk',
      role: 'caller',
      startMs: at(0),
      endMs: at(171),
      result: 'ended',
      spans: [
        { state: 'ivr', fromMs: at(0), toMs: at(2) },
        { state: 'queued', fromMs: at(2), toMs: at(22) },
        { state: 'talking', fromMs: at(22), toMs: at(85) },
        { state: 'held', fromMs: at(85), toMs: at(110) },
        { state: 'talking', fromMs: at(110), toMs: at(171) },
      ],
    }),
    sampleLeg({
      legId: `${id}.2`,
      device: '1001',
      agent: '1001',
      role: 'agent',
      startMs: at(14),
      endMs: at(110),
      result: 'answered',
      spans: [
        { state: 'ringing', fromMs: at(14), toMs: at(22) },
        { state: 'talking', fromMs: at(22), toMs: at(110) },
      ],
    }),
    sampleLeg({
      legId: `${id}.3`,
      device: '1002',
      agent: '1002',
      role: 'agent',
      startMs: at(14),
      endMs: at(22),
      result: 'answeredElsewhere',
      spans: [{ state: 'ringing', fromMs: at(14), toMs: at(22) }],
    }),
    sampleLeg({
      legId: `${id}.4`,
      device: '1003',
      agent: '1003',
      role: 'consult',
      startMs: at(86),
      endMs: at(171),
      result: 'answered',
      spans: [
        { state: 'ringing', fromMs: at(86), toMs: at(92) },
        { state: 'conference', fromMs: at(92), toMs: at(110) },
        { state: 'talking', fromMs: at(110), toMs: at(171) },
      ],
    }),
  ];
}
