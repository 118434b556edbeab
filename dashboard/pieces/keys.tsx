import { Fragment } from 'react';

/** Keys as they are printed on the keyboard: `g d` reads G then D. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="keys" aria-hidden>
      {keys.split(' ').map((key) => (
        <Fragment key={key}>
          <kbd>{key.length === 1 ? key.toUpperCase() : key}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
