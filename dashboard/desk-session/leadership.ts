/**
 * One tab per user leads. With Web Locks the browser itself guarantees it; without them (plain HTTP on a network
 * address) tabs agree by heartbeats on a channel, the smallest id winning a tie.
 */
import { randomId } from '../api/random-id.ts';

export interface Leadership {
  /** Takes over from whichever tab leads now. */
  readonly takeOver: () => void;
  readonly stop: () => void;
}

export type OnLeading = (isLeader: boolean) => void;

export function contendForLeadership(name: string, onLeading: OnLeading): Leadership {
  return 'locks' in navigator ? contendByLock(name, onLeading) : contendByHeartbeat(name, onLeading);
}

function contendByLock(name: string, onLeading: OnLeading): Leadership {
  const stopped = new AbortController();
  let release: (() => void) | null = null;

  const hold = () => {
    if (stopped.signal.aborted) return undefined;
    onLeading(true);
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  const queueUp = () => {
    navigator.locks.request(name, { signal: stopped.signal }, hold).catch(lose);
  };
  /** Another tab stole the lock, or this one stopped waiting. */
  const lose = () => {
    release = null;
    if (stopped.signal.aborted) return;
    onLeading(false);
    queueUp();
  };
  queueUp();
  return {
    takeOver() {
      if (release !== null || stopped.signal.aborted) return;
      navigator.locks.request(name, { steal: true }, hold).catch(lose);
    },
    stop() {
      stopped.abort();
      release?.();
      release = null;
    },
  };
}

const beatMs = 1_000;
const deadAfterMs = 3_000;

/** A new tab asks; a leader that is there answers well before this has passed. */
const answerMs = 700;

interface Beat {
  readonly id: string;
  readonly says: 'asks' | 'leads' | 'takesOver';
}

function contendByHeartbeat(name: string, onLeading: OnLeading): Leadership {
  const id = randomId();
  const channel = new BroadcastChannel(`${name}-beat`);
  let isLeader = false;
  let heardAt = performance.now() - deadAfterMs + answerMs;

  const say = (says: Beat['says']) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target origin
    channel.postMessage({ id, says } satisfies Beat);
  };
  const lead = (says: 'leads' | 'takesOver') => {
    say(says);
    if (isLeader) return;
    isLeader = true;
    onLeading(true);
  };
  channel.addEventListener('message', ({ data }: MessageEvent<Beat>) => {
    if (data.says === 'asks') {
      if (isLeader) say('leads');
      return;
    }
    heardAt = performance.now();
    if (!isLeader || (data.says === 'leads' && data.id > id)) return;
    isLeader = false;
    onLeading(false);
  });
  say('asks');
  const timer = setInterval(() => {
    if (isLeader || performance.now() - heardAt > deadAfterMs) lead('leads');
  }, beatMs);
  return {
    takeOver: () => lead('takesOver'),
    stop() {
      clearInterval(timer);
      channel.close();
    },
  };
}
