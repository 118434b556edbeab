/**
 * Commits many callers' items in few transactions. Idle: an item is committed at once. Busy: what arrives during one
 * commit forms the next batch, so the wait is bounded by two commits and throughput grows with the load.
 */
export interface GroupCommitOptions<I, R> {
  /** Commits a batch in one transaction and answers one result per item, in order. All or nothing. */
  readonly commit: (items: readonly I[]) => Promise<readonly R[]>;
  readonly maxBatch?: number;
}

interface Waiting<I, R> {
  readonly item: I;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export class GroupCommit<I, R> {
  readonly #commit: GroupCommitOptions<I, R>['commit'];
  readonly #maxBatch: number;
  #queue: Waiting<I, R>[] = [];
  #running: Promise<void> | null = null;

  constructor({ commit, maxBatch = 500 }: GroupCommitOptions<I, R>) {
    this.#commit = commit;
    this.#maxBatch = maxBatch;
  }

  /** Resolves when the item's batch is committed. */
  add(item: I): Promise<R> {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    this.#queue.push({ item, resolve, reject });
    // Started in a microtask, so that items added in the same turn share the first commit.
    this.#running ??= Promise.resolve().then(() => this.#drain());
    return promise;
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, this.#maxBatch);
      this.#queue = this.#queue.slice(batch.length);
      await this.#commitBatch(batch);
    }
    this.#running = null;
  }

  /** When a batch fails, its items are tried one by one, so that one bad item fails alone. */
  async #commitBatch(batch: readonly Waiting<I, R>[]): Promise<void> {
    try {
      const results = await this.#commit(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as R));
    } catch (error) {
      const [only, ...others] = batch;
      if (others.length === 0) only?.reject(error);
      else for (const waiting of batch) await this.#commitBatch([waiting]);
    }
  }
}
