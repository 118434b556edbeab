/** Truth that the switch's stream does not hold, with the reason. Everything not named here must be derived. */
import type { Truth, TruthCall } from './capture-truth.ts';

const sipOnly = 'seen by the SIP phones only, never in the manager stream';

/** Fields no stream of any scenario holds. */
const never: Readonly<Record<string, string>> = {
  finalSipCode: sipOnly,
  trunkSipCode: sipOnly,
  agentSipCode: sipOnly,
  sipCodeToCaller: sipOnly,
  reasonToCaller: sipOnly,
  reasonHeader: sipOnly,
  agentReason: sipOnly,
  endpointCause: sipOnly,
  sent: sipOnly,
  toAgentFrom: sipOnly,
  wireNumber: 'raw header text; what it means is checked as caller.number',
  wireName: 'raw header text; what it means is checked as caller.name',
  originateResponse: 'not kept: the outcome says it',
  recordingVariable: 'a description, not a value',
  didVariable: 'the same as callee, which is checked',
  stateAtSnapshot: 'a description, not a value',
  wrapupSeconds: 'a setting of the queue, not a fact about the call',
};

/** Reason why this field of this call is left out; `*` asks for the call as a whole. */
export function reasonNotChecked(truth: Truth, call: TruthCall, field: string): string | null {
  if (field === '*')
    return call.visible?.startsWith('never on the wire') === true
      ? 'happened while the link was down: only CDR files hold it'
      : null;
  return (
    never[field] ??
    hiddenByGap(truth, call, field) ??
    hiddenByWithholding(call, field) ??
    hiddenByApplication(call, field) ??
    hiddenByRefusal(call, field)
  );
}

const times = new Set([
  'startMs',
  'ringStartMs',
  'answerMs',
  'endMs',
  'ringMs',
  'talkMs',
  'waitMs',
  'hangupCause',
  'hangupBy',
  'pbx',
]);

/** What happened before the link was up, or while it was down, is known from lists only. */
function hiddenByGap(truth: Truth, call: TruthCall, field: string): string | null {
  if (!times.has(field)) return null;
  const inGap = (atMs: number | null | undefined) => {
    if (atMs === null || atMs === undefined) return false;
    if (truth.gap !== undefined && atMs >= truth.gap.fromMs && atMs <= truth.gap.toMs) return true;
    return truth.snapshotDoneMs !== undefined && atMs < truth.snapshotDoneMs;
  };
  const hidden: Readonly<Record<string, boolean>> = {
    startMs: inGap(call.startMs),
    ringStartMs: inGap(call.ringStartMs),
    answerMs: inGap(call.answerMs),
    endMs: inGap(call.endMs),
    ringMs: inGap(call.ringStartMs) || inGap(call.answerMs),
    talkMs: inGap(call.answerMs) || inGap(call.endMs),
    waitMs: inGap(call.startMs) || inGap(call.answerMs),
    hangupCause: inGap(call.endMs),
    hangupBy: inGap(call.endMs),
    pbx: inGap(call.endMs),
  };
  return hidden[field] === true ? 'happened while nobody listened' : null;
}

function hiddenByWithholding(call: TruthCall, field: string): string | null {
  if (field !== 'caller' || call.caller?.withheld !== true || call.caller.pbxName === 'Anonymous') return null;
  return 'withheld, but the switch shows number and name with no mark (asserted identity)';
}

function hiddenByApplication(call: TruthCall, field: string): string | null {
  const isRecording = field === 'recordingFile' || field === 'recordings';
  const isAri = call.channelId !== null && call.channelId !== undefined;
  if (isRecording && isAri && call.recordingFile)
    return 'a bridge recording started through ARI is not in the manager stream';
  return null;
}

function hiddenByRefusal(call: TruthCall, field: string): string | null {
  if (field !== 'caller' || call.result !== 'no-such-endpoint') return null;
  return 'no channel was made: the stream names the endpoint that was asked for, not who asked';
}
