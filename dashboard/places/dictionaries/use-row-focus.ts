import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { rowHeight } from './line-paths.ts';

const jumps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** One row of a long list takes the tab key; arrows move on from there, rows out of sight included. Rows carry `data-row`. */
export function useRowFocus(count: number) {
  const list = useRef<HTMLDivElement>(null);
  const [wanted, setActive] = useState(0);
  const isMoving = useRef(false);
  const active = Math.min(wanted, Math.max(0, count - 1));
  useLayoutEffect(() => {
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${active}"]`);
    if (!isMoving.current || row === null || row === undefined) return;
    isMoving.current = false;
    row.focus();
  });
  /** Brings a row into view, in the middle when it was far away. */
  const reveal = useCallback((index: number) => {
    const box = list.current;
    if (box === null) return;
    const top = index * rowHeight;
    const isNear = Math.abs(top - box.scrollTop) < box.clientHeight + 2 * rowHeight;
    if (top >= box.scrollTop && top + rowHeight <= box.scrollTop + box.clientHeight) return;
    if (!isNear) box.scrollTop = top - box.clientHeight / 2;
    else box.scrollTop = top < box.scrollTop ? top : top + rowHeight - box.clientHeight;
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const jump = jumps[event.key];
    const end = event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : null;
    if (jump === undefined && end === null) return;
    event.preventDefault();
    const next = Math.min(count - 1, Math.max(0, end ?? active + (jump ?? 0)));
    reveal(next);
    isMoving.current = true;
    setActive(next);
  };
  return { list, active, setActive, reveal, onKeyDown };
}
