/** One keyboard table for the whole dashboard: pages register while they are shown, `?` lists what is in force. */
import { useLayoutEffect, useRef } from 'react';

export interface Shortcut {
  /** A `KeyboardEvent.key`, or `g d` for a sequence. */
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
}

const active = new Set<Shortcut>();
let openSheet: (() => void) | null = null;
/** Long ago: the clock starts at zero with the page, and a zero here would eat the first keys of a fast reader. */
const never = Number.NEGATIVE_INFINITY;
let pendingG = never;
const sequenceMs = 1_200;

export function listShortcuts(): readonly Shortcut[] {
  return [...active];
}

export function openShortcutSheet(): void {
  openSheet?.();
}

export function setSheetOpener(open: (() => void) | null): void {
  openSheet = open;
}

/** Keys belong to the field while someone types; a shortcut must never take them away. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:input|textarea|select)$/iu.test(target.tagName);
}

function usesEnter(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('a, button, summary, [role="button"], [role="menuitem"]') !== null
  );
}

function isDialogOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some((one) => one.checkVisibility());
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (isDialogOpen() || (event.key === 'Enter' && usesEnter(event.target))) return;
  const isSecond = performance.now() - pendingG < sequenceMs;
  pendingG = never;
  const wanted = isSecond ? `g ${event.key}` : event.key;
  const found = [...active].findLast((shortcut) => shortcut.keys === wanted);
  if (found !== undefined) {
    event.preventDefault();
    found.run();
  } else if (event.key === 'g') {
    pendingG = performance.now();
  }
}

export function listenForShortcuts(): () => void {
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

/**
 * Puts a key in force while the calling component is mounted; `null` switches it off. Layout effects, because a key
 * pressed right after the paint would come before a passive effect on a busy machine and be lost.
 */
export function useShortcut(keys: string, label: string, run: (() => void) | null): void {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  const isOn = run !== null;
  useLayoutEffect(() => {
    if (!isOn) return undefined;
    const shortcut: Shortcut = { keys, label, run: () => latest.current?.() };
    active.add(shortcut);
    return () => {
      active.delete(shortcut);
    };
  }, [keys, label, isOn]);
}
