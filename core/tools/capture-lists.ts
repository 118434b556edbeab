/** Checks of what a call is made of: offers, transfers, holds, consultations, parking, conferences. */
import { talks } from '#core/calls/parties.ts';
import { customer, firstProblem, lengthOf, near, same, spanListCheck, spansOf, total } from './capture-compare.ts';
import type { Check, Found } from './capture-compare.ts';

const legResults: Readonly<Record<string, string>> = {
  answered: 'answered',
  'answered-elsewhere': 'answeredElsewhere',
  'no-answer': 'noAnswer',
  busy: 'busy',
};

const offersCheck: Check = (truth, found) => {
  const open = found.call.legs.filter((leg) => leg.wasOffered).sort((a, b) => a.startMs - b.startMs);
  const views = new Map(found.interaction.legs.map((leg) => [leg.legId, leg]));
  const problems = (truth.offers ?? []).map((offer) => {
    const at = open.findIndex((leg) => leg.device.id === offer.agent);
    const [leg] = at < 0 ? [] : open.splice(at, 1);
    if (leg === undefined) return `no offer to ${offer.agent}`;
    const ringMs = total(spansOf(leg, 'ringing'));
    return firstProblem([
      same(legResults[offer.result], views.get(leg.legId)?.result),
      typeof offer.ringMs === 'number' ? near(offer.ringMs, ringMs, found.toleranceMs) : null,
    ]);
  });
  return firstProblem(problems);
};

const transfersCheck: Check = (truth, found) => {
  // A transfer the phone asked for and the switch refused is told by no event.
  const expected = (truth.transferChain ?? []).filter((transfer) => transfer.result !== 'failed');
  const derived = found.interaction.transfers.filter(
    (transfer) => transfer.kind === 'blind' || transfer.kind === 'attended',
  );
  const problems = expected.map((transfer, index) => {
    const other = derived[index];
    if (other === undefined) return `missing ${transfer.kind} transfer to ${transfer.to}`;
    return firstProblem([
      same([transfer.kind, transfer.from, transfer.to], [other.kind, other.from, other.to]),
      typeof transfer.atMs === 'number' ? near(transfer.atMs, other.atMs - found.zeroMs, found.toleranceMs) : null,
    ]);
  });
  return firstProblem([...problems, same(expected.length, derived.length)]);
};

const holdsCheck: Check = (truth, found) => spanListCheck(truth.holds ?? [], spansOf(customer(found), 'held'), found);

const segmentsCheck: Check = (truth, found) => {
  const spoken = talks(found.call, customer(found));
  const problems = (truth.segments ?? []).map((segment, index) => {
    const talk = spoken[index];
    if (talk?.agent !== segment.agent) return `expected ${segment.agent}, found ${talk?.agent}`;
    const ring = spansOf(talk.leg, 'ringing')[0];
    return firstProblem([
      typeof segment.fromMs === 'number' ? near(segment.fromMs, talk.fromMs - found.zeroMs, found.toleranceMs) : null,
      typeof segment.toMs === 'number' ? near(segment.toMs, talk.toMs - found.zeroMs, found.toleranceMs) : null,
      typeof segment.talkMs === 'number' ? near(segment.talkMs, talk.toMs - talk.fromMs, found.toleranceMs) : null,
      typeof segment.ringMs === 'number'
        ? near(segment.ringMs, ring === undefined ? null : lengthOf(ring), found.toleranceMs)
        : null,
    ]);
  });
  return firstProblem(problems);
};

const consultCheck: Check = (truth, found) => {
  const expected = truth.consult;
  if (!expected) return null;
  const began = consultation(expected.to, found);
  if (began === null) return 'no consultation';
  return firstProblem([
    same(expected.from, began.from),
    optional(expected.talkMs, began.talkMs, found),
    optional(expected.ringMs, began.ringMs, found),
    optional(expected.startMs, began.startMs - found.zeroMs, found),
  ]);
};

function optional(expected: number | null | undefined, derived: number, found: Found): string | null {
  return typeof expected === 'number' ? near(expected, derived, found.toleranceMs) : null;
}

/** From the first word with the colleague until the customer is there, or the end. */
function consultation(to: string, found: Found) {
  const view = found.interaction.legs.find((leg) => leg.role === 'consult' && leg.device === to);
  const leg = found.call.legs.find((other) => other.legId === view?.legId);
  const first = leg?.met[0];
  if (leg === undefined || first === undefined) return null;
  const from = found.call.legs.find((other) => other.legId === first.legId)?.device.id;
  const withCustomer = leg.met.find((entry) => entry.legId === customer(found)?.legId)?.atMs;
  const talkMs = (withCustomer ?? leg.endMs ?? first.atMs) - first.atMs;
  return { from, talkMs, ringMs: total(spansOf(leg, 'ringing')), startMs: leg.startMs };
}

const parksCheck: Check = (truth, found) => {
  const spans = spansOf(customer(found), 'parked');
  const moves = found.interaction.transfers;
  const problems = (truth.parks ?? []).map((park, index) => {
    const span = spans[index];
    const into = moves.filter((move) => move.kind === 'park')[index];
    const out = moves.filter((move) => move.kind === 'pickup' || move.kind === 'parkTimeout')[index];
    if (span === undefined || into === undefined || out === undefined) return 'no parking';
    return firstProblem([
      same([park.by, park.slot], [into.from, into.to]),
      typeof park.fromMs === 'number' ? near(park.fromMs, span.fromMs - found.zeroMs, found.toleranceMs) : null,
      typeof park.toMs === 'number' ? near(park.toMs, (span.toMs ?? 0) - found.zeroMs, found.toleranceMs) : null,
      same(park.result === 'timeout' ? ['parkTimeout', park.returnedTo] : ['pickup', park.retrievedBy], [
        out.kind,
        out.to,
      ]),
    ]);
  });
  return firstProblem([...problems, same(truth.parks?.length ?? 0, spans.length)]);
};

const comebackCheck: Check = (truth, found) => {
  const last = talks(found.call, customer(found)).at(-1);
  return near(truth.comeback?.ringMs ?? 0, total(spansOf(last?.leg, 'ringing')), found.toleranceMs);
};

const conferenceCheck: Check = (truth, found) => {
  const expected = truth.conference;
  if (!expected) return null;
  const mine = customer(found);
  const joined = found.events.filter((event) => event.type === 'conferenced');
  const problems = expected.participants.map((person) => {
    const legs = found.call.legs.filter((leg) => spansOf(leg, 'conference').length > 0);
    const leg = legs.find((other) => (person.who === 'customer' ? other === mine : other.device.id === person.who));
    const span = spansOf(leg, 'conference')[0];
    if (span === undefined) return `${person.who} is missing`;
    return firstProblem([
      near(person.fromMs, span.fromMs - found.zeroMs, found.toleranceMs),
      near(person.toMs, (span.toMs ?? 0) - found.zeroMs, found.toleranceMs),
    ]);
  });
  return firstProblem([
    same(expected.name, joined[0]?.peer?.device.id),
    same(expected.participants.length, joined.length),
    ...problems,
  ]);
};

/** Checks by field of the truth. */
export const listChecks: Readonly<Record<string, Check>> = {
  offers: offersCheck,
  transferChain: transfersCheck,
  holds: holdsCheck,
  segments: segmentsCheck,
  consult: consultCheck,
  parks: parksCheck,
  comeback: comebackCheck,
  conference: conferenceCheck,
};
