/** Where the bars of a timeline stand. Pure. */
import type { Interaction, InteractionLeg } from '#core/contract/interaction.ts';

export type Fill = 'talk' | 'ring' | 'queue' | 'hold' | 'other';
type SpanState = InteractionLeg['spans'][number]['state'];

export const fillOf: Record<SpanState, Fill> = {
  dialling: 'ring',
  ringing: 'ring',
  queued: 'queue',
  talking: 'talk',
  conference: 'talk',
  held: 'hold',
  parked: 'hold',
  ivr: 'other',
  voicemail: 'other',
};

export interface Bar {
  readonly state: SpanState;
  readonly fill: Fill;
  /** Both in percent of the whole width. */
  readonly left: number;
  readonly width: number;
  readonly startsAfterMs: number;
  readonly lastsMs: number;
}

export interface Scale {
  readonly fromMs: number;
  readonly lastsMs: number;
  /** Milliseconds after the start at which a mark stands. */
  readonly marks: readonly number[];
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000);
const mostMarks = 8;

export function scaleOf(interaction: Interaction, now: number): Scale {
  const ends = interaction.legs.flatMap((leg) => [leg.endMs, ...leg.spans.map((span) => span.toMs)]);
  const known = [interaction.endMs, ...ends].filter((end) => end !== null);
  const endMs = interaction.open ? Math.max(now, ...known) : Math.max(interaction.startMs, ...known);
  const starts = interaction.legs.map((leg) => leg.startMs);
  const fromMs = Math.min(interaction.startMs, ...starts);
  const lastsMs = Math.max(1000, endMs - fromMs);
  const step =
    steps.find((size) => lastsMs / size <= mostMarks) ?? Math.ceil(lastsMs / mostMarks / 3_600_000) * 3_600_000;
  const marks = Array.from({ length: Math.floor(lastsMs / step) + 1 }, (_, index) => index * step);
  return { fromMs, lastsMs, marks };
}

export function barsOf(leg: InteractionLeg, scale: Scale): readonly Bar[] {
  const end = scale.fromMs + scale.lastsMs;
  const inside = (atMs: number) => Math.min(end, Math.max(scale.fromMs, atMs));
  return leg.spans.map((span) => {
    const fromMs = inside(span.fromMs);
    const startsAfterMs = fromMs - scale.fromMs;
    const lastsMs = Math.max(0, inside(span.toMs ?? leg.endMs ?? end) - fromMs);
    return {
      state: span.state,
      fill: fillOf[span.state],
      left: (startsAfterMs / scale.lastsMs) * 100,
      width: (lastsMs / scale.lastsMs) * 100,
      startsAfterMs,
      lastsMs,
    };
  });
}
