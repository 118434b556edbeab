/** The two halves of `hubspot/contact`. */
export function connectorOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

export function shortNameOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
