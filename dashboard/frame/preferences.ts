/** Small choices kept in this browser. A browser that forbids storage loses them and nothing else. */
const prefix = 'tieline.';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, value);
  } catch {
    // Private windows of some browsers refuse; the choice then lasts as long as the page.
  }
}
