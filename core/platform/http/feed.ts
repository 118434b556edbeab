/**
 * A bounded queue between whoever pushes live events and the one event stream that reads them. When a reader falls
 * behind by more than `limit` events the feed ends: the browser reconnects and resumes from its cursor.
 */
export class Feed<T> implements AsyncIterableIterator<T> {
  readonly #waiting: T[] = [];
  readonly #limit: number;
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(limit = 1000, signal?: AbortSignal) {
    this.#limit = limit;
    if (signal?.aborted) this.#ended = true;
    signal?.addEventListener('abort', () => this.end(), { once: true });
  }

  get ended(): boolean {
    return this.#ended;
  }

  push(item: T): void {
    if (this.#ended) return;
    if (this.#waiting.length >= this.#limit) {
      this.#waiting.length = 0;
      this.end();
      return;
    }
    this.#waiting.push(item);
    this.#wake?.();
  }

  /** What was pushed before is still read. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<T>> {
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    if (this.#waiting.length === 0) return { done: true, value: undefined };
    return { done: false, value: this.#waiting.shift() as T };
  }

  async return(): Promise<IteratorResult<T>> {
    this.#waiting.length = 0;
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
