import { liveEvents, liveSnapshot } from '#core/contract/api/interactions.ts';
import { useEffect, useRef, useState } from 'react';
import { openEventStream } from '../../api/event-stream.ts';
import { useRoute } from '../../api/use-route.ts';
import { applyLiveEvent, liveStateOf, settle, type LiveEvent, type LiveState } from './live-state.ts';

const settleAfterMs = 4_000;
const historyEveryMs = 60_000;
const historyAfterEndMs = 3_000;

/** The live view, kept current by the event stream; while paused, changes wait and are counted. */
export function useLive(isLookedAt: boolean) {
  const [isPaused, setPaused] = useState(false);
  const [state, setState] = useState<LiveState | null>(null);
  const [waiting, setWaiting] = useState<readonly LiveEvent[]>([]);
  const snapshot = useRoute(liveSnapshot, {}, { refetchMs: isPaused ? false : historyEveryMs });
  const paused = useRef(false);
  const { refetch } = snapshot;

  useEffect(() => {
    if (snapshot.data !== undefined && !paused.current) setState((before) => liveStateOf(snapshot.data, before));
  }, [snapshot.data]);

  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const countSoon = () => {
      soon = undefined;
      if (!paused.current) void refetch();
    };
    const stream = openEventStream({
      route: liveEvents,
      cursor: null,
      onEvent: (event) => {
        if (event.type === 'interaction' && !event.interaction.open) soon ??= setTimeout(countSoon, historyAfterEndMs);
        if (paused.current) setWaiting((held) => [...held, event]);
        else setState((held) => held && applyLiveEvent(held, event));
      },
      onReconnected: () => void refetch(),
    });
    return () => {
      clearTimeout(soon);
      stream.close();
    };
  }, [refetch]);

  const togglePause = () => {
    paused.current = !isPaused;
    setPaused(!isPaused);
    if (!isPaused) return;
    setState((held) => held && waiting.reduce(applyLiveEvent, held));
    setWaiting([]);
    void refetch();
  };

  const hasEnded = state?.calls.some((call) => !call.open) === true;
  useEffect(() => {
    if (!hasEnded || isLookedAt || isPaused) return undefined;
    const timer = setTimeout(() => setState((held) => held && settle(held)), settleAfterMs);
    return () => clearTimeout(timer);
  }, [hasEnded, isLookedAt, isPaused]);

  return { snapshot, state, isPaused, togglePause, waiting: waiting.length };
}
