const longestName = 60;

/** "did you mean": the known name closest to what was typed, or null when nothing is near. */
export function nearestName(typed: string, known: Iterable<string>): string | null {
  if (typed.length > longestName) return null;
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** The sentence that follows "unknown …": a suggestion where one is near, else the list to choose from. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const near = nearestName(typed, known);
  if (near !== null) return `Did you mean "${near}"?`;
  return known.length === 0 ? 'Remove it.' : `Use one of: ${known.slice(0, 40).join(', ')}.`;
}

/** Insertions, deletions, replacements and swaps of neighbours each cost one. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const change = left[i - 1] === right[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const bySwap = swapped ? at(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + change, bySwap));
    }
    beforeLast = last;
    last = row;
  }
  return at(last, right.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
