import { useId } from 'react';

/** JSON for people who need to see exactly what was there. */
export function JsonView({ label, value }: { readonly label: string; readonly value: unknown }) {
  const id = useId();
  return (
    <figure className="json" aria-labelledby={id}>
      <figcaption id={id} className="soft">
        {label}
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </figure>
  );
}
