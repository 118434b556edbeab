/** Where a page of contacts ended, as one opaque word for the client. */
export interface PageEnd {
  readonly sortKey: string;
  readonly id: string;
}

export function encodeCursor({ sortKey, id }: PageEnd): string {
  return Buffer.from(JSON.stringify([sortKey, id])).toString('base64url');
}

/** Null for a cursor the hub did not make. */
export function decodeCursor(cursor: string): PageEnd | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(parts) || parts.length !== 2) return null;
    const [sortKey, id] = parts as unknown[];
    return typeof sortKey === 'string' && typeof id === 'string' ? { sortKey, id } : null;
  } catch {
    return null;
  }
}
