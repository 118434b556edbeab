/**
 * How often a proposal with this score has been right, and less when another field would serve the target nearly as well.
 */
export function confidenceOf(score: number, rival: number): number {
  const closeness = score === 0 ? 1 : Math.max(0, Math.min(1, rival / score) - 0.7) / 0.3;
  return Math.max(0.05, Math.min(0.98, score * (1 - 0.25 * closeness)));
}
