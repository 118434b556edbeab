import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

/** A plain table that scrolls in its own box. The box can be reached and scrolled by keyboard. */
export function ScrollTable({ label, children }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section className="scroll-table" aria-label={label} tabIndex={0}>
      <table className="plain-table">{children}</table>
    </section>
  );
}
