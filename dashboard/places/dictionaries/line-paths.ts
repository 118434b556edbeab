/** Where the lines between two scrolling columns of fields run. Rows have one height, so nothing needs measuring. Pure. */
import type { RuleOutline } from '#core/contract/mapping.ts';

export const rowHeight = 38;

export interface View {
  readonly height: number;
  readonly leftScroll: number;
  readonly rightScroll: number;
}
export interface Line {
  readonly key: string;
  readonly rule: RuleOutline;
  /** Null: a constant stands in place of this side. */
  readonly left: number | null;
  readonly right: number | null;
  /** One end lies out of view. */
  readonly isAway: boolean;
}

type Places = ReadonlyMap<string, number>;

/** One line for each pair of paths. Ends outside the view rest on its edge; lines with no end in view are left out. */
export function linesOf(rules: readonly RuleOutline[], left: Places, right: Places, view: View): readonly Line[] {
  return rules.flatMap((rule, position) => {
    const ends = (paths: readonly string[], places: Places, scroll: number) =>
      paths.length === 0 ? [null] : paths.flatMap((path) => heightOf(places.get(path), scroll));
    const lefts = ends(rule.from, left, view.leftScroll);
    const rights = ends(rule.to, right, view.rightScroll);
    return lefts.flatMap((one, i) =>
      rights.flatMap((other, j): Line[] => {
        if (isOutOfSight(one, other, view.height)) return [];
        const edge = (y: number | null) => (y === null ? null : Math.min(view.height - 1, Math.max(1, y)));
        const [from, to] = [edge(one), edge(other)];
        return [{ key: `${position}-${i}-${j}`, rule, left: from, right: to, isAway: from !== one || to !== other }];
      }),
    );
  });
}

function heightOf(index: number | undefined, scroll: number): number[] {
  return index === undefined ? [] : [index * rowHeight + rowHeight / 2 - scroll];
}

function isOutOfSight(left: number | null, right: number | null, height: number): boolean {
  const ends = [left, right].filter((end) => end !== null);
  return ends.every((end) => end < 0 || end > height);
}

/** A curve from edge to edge, or a short stub for a constant. */
export function curveOf({ left, right }: Pick<Line, 'left' | 'right'>, width: number): string {
  if (left === null) return `M ${width - 46} ${right} H ${width}`;
  if (right === null) return `M 0 ${left} H 46`;
  const bend = width * 0.45;
  return `M 0 ${left} C ${bend} ${left}, ${width - bend} ${right}, ${width} ${right}`;
}

/** What a column shows at least; on a narrow screen there is no space between the columns to measure. */
const leastHeight = 400;

/** The rows worth drawing: those in view and a screenful around it. */
export function windowOf(count: number, scroll: number, height: number): readonly [first: number, end: number] {
  const around = Math.ceil(Math.max(height, leastHeight) / rowHeight);
  const first = Math.max(0, Math.floor(scroll / rowHeight) - around);
  return [first, Math.min(count, first + around * 3 + 1)];
}
