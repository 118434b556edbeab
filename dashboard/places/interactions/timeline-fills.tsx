import type { Fill } from './timeline-scale.ts';

export const fills: readonly Fill[] = ['talk', 'ring', 'queue', 'hold', 'other'];

/** Solid for talk, stripes for ring, dots for queue, lines for hold: readable without colour. */
export function FillPatterns({ id }: { readonly id: string }) {
  const colour = (fill: Fill) => `var(--series-${fill})`;
  return (
    <svg className="unseen" aria-hidden>
      <defs>
        <pattern id={`${id}-talk`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill={colour('talk')} />
        </pattern>
        <pattern id={`${id}-ring`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="8" fill={colour('ring')} />
        </pattern>
        <pattern id={`${id}-queue`} width="7" height="7" patternUnits="userSpaceOnUse">
          <circle cx="3.5" cy="3.5" r="1.8" fill={colour('queue')} />
        </pattern>
        <pattern id={`${id}-hold`} width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="2.5" fill={colour('hold')} />
        </pattern>
        <pattern id={`${id}-other`} width="9" height="9" patternUnits="userSpaceOnUse">
          <path d="M0 4.5h9M4.5 0v9" stroke={colour('other')} />
        </pattern>
      </defs>
    </svg>
  );
}
