/** Agent states of a recording against its truth. */
import type { Truth } from './capture-truth.ts';
import type { Replayed } from './replay-engine.ts';

export function agentProblems(_truth: Truth, _replayed: Replayed): { checked: number; problems: string[] } {
  return { checked: 0, problems: [] };
}
