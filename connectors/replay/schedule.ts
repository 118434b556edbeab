/**
 * Which recorded event is due next, and when. Pure: the whole state is a small value, kept as the connection's cursor,
 * so that a hub that was killed goes on after the last event it stored.
 */
import { z } from 'zod';

const playback = z.object({
  /** Counts up over the run; makes call ids differ between playings of one recording. */
  number: z.int().min(0),
  /** Milliseconds of the run's clock at which the recording began. */
  startMs: z.number(),
  /** Index of its next event. */
  next: z.int().min(0),
});

export const scheduleState = z.object({
  /** Differs between runs, so that a new run makes new calls. */
  run: z.string().min(1).max(60),
  /** Epoch milliseconds of the run's clock at zero. */
  baseMs: z.number(),
  nextNumber: z.int().min(0),
  nextStartMs: z.number(),
  active: z.array(playback).max(100_000),
});
export type ScheduleState = z.output<typeof scheduleState>;
export type Playback = z.output<typeof playback>;

export interface Plan {
  /** Per recording: when its events happen, milliseconds from its beginning, ascending; and how long it lasts. */
  readonly recordings: readonly { readonly timesMs: readonly number[]; readonly durationMs: number }[];
  readonly speed: number;
  readonly gapMs: number;
  /** Milliseconds between starts; null = one after the other. */
  readonly everyMs: number | null;
  /** How many playings in total. */
  readonly total: number;
}

export interface DueEvent {
  readonly playback: Playback;
  readonly recording: number;
  readonly index: number;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

export function beginRun(run: string, baseMs: number): ScheduleState {
  return { run, baseMs, nextNumber: 0, nextStartMs: 0, active: [] };
}

/** The next event and the state after it; null when the run is over. */
export function nextEvent(state: ScheduleState, plan: Plan): { event: DueEvent; state: ScheduleState } | null {
  let current = state;
  for (;;) {
    const first = earliest(current.active, plan);
    const mayStart = current.nextNumber < plan.total && plan.recordings.length > 0;
    if (mayStart && (first === null || current.nextStartMs <= first.dueMs)) {
      current = startNext(current, plan);
      continue;
    }
    if (first === null) return null;
    const { playback, dueMs } = first;
    const event = {
      playback,
      recording: playback.number % plan.recordings.length,
      index: playback.next,
      atMs: Math.round(current.baseMs + dueMs),
    };
    return { event, state: { ...current, active: advance(current.active, playback, plan) } };
  }
}

/** Moves what is still to come so that it is not in the past: after a long stop the calls go on from now. */
export function postponed(state: ScheduleState, byMs: number): ScheduleState {
  return { ...state, baseMs: state.baseMs + byMs };
}

function startNext(state: ScheduleState, plan: Plan): ScheduleState {
  const startMs = state.nextStartMs;
  const recording = recordingOf(state.nextNumber, plan);
  const stepMs = plan.everyMs ?? recording.durationMs / plan.speed + plan.gapMs;
  const isSilent = recording.timesMs.length === 0;
  return {
    ...state,
    nextNumber: state.nextNumber + 1,
    // A silent recording without pause would start itself forever at the same moment.
    nextStartMs: startMs + Math.max(stepMs, 1),
    active: isSilent ? state.active : [...state.active, { number: state.nextNumber, startMs, next: 0 }],
  };
}

function earliest(active: readonly Playback[], plan: Plan): { playback: Playback; dueMs: number } | null {
  let found: { playback: Playback; dueMs: number } | null = null;
  for (const playback of active) {
    const dueMs = playback.startMs + (recordingOf(playback.number, plan).timesMs[playback.next] ?? 0) / plan.speed;
    if (found === null || dueMs < found.dueMs) found = { playback, dueMs };
  }
  return found;
}

function advance(active: readonly Playback[], done: Playback, plan: Plan): Playback[] {
  const isLast = done.next + 1 >= recordingOf(done.number, plan).timesMs.length;
  if (isLast) return active.filter((playback) => playback !== done);
  return active.map((playback) => (playback === done ? { ...done, next: done.next + 1 } : playback));
}

function recordingOf(number: number, plan: Plan): Plan['recordings'][number] {
  return plan.recordings[number % plan.recordings.length] ?? { timesMs: [], durationMs: 0 };
}
