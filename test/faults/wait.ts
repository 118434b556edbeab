import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until the answer holds; fails with what it saw last when it never does. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  limitMs = 120_000,
): Promise<T> {
  const until = Date.now() + limitMs;
  for (;;) {
    const answer = await ask().catch((error: unknown) => error as T);
    if (!(answer instanceof Error) && holds(answer)) return answer;
    if (Date.now() > until) throw new Error(`${what} did not come about; last seen: ${show(answer)}`);
    await sleep(250);
  }
}

function show(answer: unknown): string {
  return answer instanceof Error ? answer.message : JSON.stringify(answer).slice(0, 2_000);
}
