/** Which lines two texts share, for showing them one under the other. Pure. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

const mostCells = 4_000_000;

/** The longest common run of lines; texts too long for that are shown as one block taken out and one put in. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, young] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < old.length && head < young.length && old[head] === young[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < young.length - head && old.at(-1 - tail) === young.at(-1 - tail)) tail += 1;
  const mark = (kind: DiffLine['kind']) => (text: string) => ({ kind, text });
  const middle = between(old.slice(head, old.length - tail), young.slice(head, young.length - tail));
  return [...old.slice(0, head).map(mark('same')), ...middle, ...old.slice(old.length - tail).map(mark('same'))];
}

function between(old: readonly string[], young: readonly string[]): DiffLine[] {
  const width = young.length + 1;
  if (old.length * width > mostCells) {
    return [
      ...old.map((text) => ({ kind: 'removed' as const, text })),
      ...young.map((text) => ({ kind: 'added' as const, text })),
    ];
  }
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = young.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = old[i] === young[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return walk(old, young, at);
}

type Common = (i: number, j: number) => number;

/** From the top: what both have stays, else the side goes on that has more in common behind it. */
function walk(old: readonly string[], young: readonly string[], at: Common): DiffLine[] {
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    const kind = old[i] === young[j] ? 'same' : goesOn(old, young, { i, j, at });
    lines.push({ kind, text: (kind === 'added' ? young[j] : old[i]) ?? '' });
    if (kind !== 'added') i += 1;
    if (kind !== 'removed') j += 1;
  }
  return lines;
}

interface Spot {
  readonly i: number;
  readonly j: number;
  readonly at: Common;
}

function goesOn(old: readonly string[], young: readonly string[], { i, j, at }: Spot): 'removed' | 'added' {
  if (i >= old.length) return 'added';
  return j >= young.length || at(i + 1, j) >= at(i, j + 1) ? 'removed' : 'added';
}

/** Changed lines with a few around them; null stands for what was left out. */
export function hunksOf(lines: readonly DiffLine[], around = 2): readonly (DiffLine | null)[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some((line) => line.kind !== 'same'),
  );
  return lines.flatMap((line, index) => {
    if (near[index] === true) return [line];
    return index === 0 || near[index - 1] === true ? [null] : [];
  });
}
