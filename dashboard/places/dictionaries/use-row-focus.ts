import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { rowHeight } from './line-paths.ts';

const jumps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** One row of a long list takes the tab key; arrows move on from there, rows out of sight included. */
export function useRowFocus(count: number) {
  const list = useRef<HTMLDivElement>(null);
  const rows = useRef(new Map<number, HTMLElement>());
  const [wanted, setActive] = useState(0);
  const isMoving = useRef(false);
  const active = Math.min(wanted, Math.max(0, count - 1));
  useLayoutEffect(() => {
    const row = rows.current.get(active);
    if (!isMoving.current || row === undefined) return;
    isMoving.current = false;
    row.focus();
  });
  const goTo = (index: number) => {
    const next = Math.min(count - 1, Math.max(0, index));
    const box = list.current;
    const top = next * rowHeight;
    if (box !== null && top < box.scrollTop) box.scrollTop = top;
    if (box !== null && top + rowHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top + rowHeight - box.clientHeight;
    isMoving.current = true;
    setActive(next);
  };
  return {
    list,
    active,
    setActive,
    keep: (index: number) => (row: HTMLElement | null) => {
      if (row === null) rows.current.delete(index);
      else rows.current.set(index, row);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const jump = jumps[event.key];
      const end = event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : null;
      if (jump === undefined && end === null) return;
      event.preventDefault();
      goTo(end ?? active + (jump ?? 0));
    },
  };
}
