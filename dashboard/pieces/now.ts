import { useSyncExternalStore } from 'react';
import { serverNow } from '../api/server-clock.ts';

/** One ticker for every running timer on the page: they all change in the same instant. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = serverNow();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = serverNow();
    timer = setInterval(() => {
      now = serverNow();
      for (const tell of listeners) tell();
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Epoch milliseconds by the hub's clock, refreshed each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
