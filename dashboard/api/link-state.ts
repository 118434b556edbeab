/** Which event streams are down right now; the quiet bar under the header reads it. */
type Listener = () => void;
const lost = new Set<string>();
const listeners = new Set<Listener>();

export function noteLink(name: string, isLost: boolean): void {
  const changed = isLost ? !lost.has(name) : lost.has(name);
  if (!changed) return;
  if (isLost) lost.add(name);
  else lost.delete(name);
  for (const listener of listeners) listener();
}

export function isAnyLinkLost(): boolean {
  return lost.size > 0;
}

export function subscribeLinks(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
