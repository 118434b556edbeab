/** Reads Server-Sent Events of one address; calls back with each parsed `data` line and the moment it was read. */
export async function followEvents(
  url: string,
  headers: Record<string, string>,
  onData: (data: unknown, atMs: number) => void,
): Promise<() => void> {
  const abort = new AbortController();
  const response = await fetch(url, { headers: { ...headers, accept: 'text/event-stream' }, signal: abort.signal });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  void read(response.body, onData).catch(() => undefined);
  return () => abort.abort();
}

async function read(body: ReadableStream<Uint8Array>, onData: (data: unknown, atMs: number) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const atMs = performance.now();
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data:')) onData(JSON.parse(line.slice(5)), atMs);
  }
}
