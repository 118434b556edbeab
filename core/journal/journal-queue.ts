/** Work per interaction: one at a time for the same id, a few at once for different ones, repeats folded into one. */
export class JournalQueue {
  readonly #waiting = new Set<string>();
  readonly #running = new Set<string>();
  readonly #work: (id: string) => Promise<void>;
  readonly #onError: (id: string, error: unknown) => void;
  readonly #width: number;
  #idle: (() => void)[] = [];

  constructor(work: (id: string) => Promise<void>, onError: (id: string, error: unknown) => void, width = 4) {
    this.#work = work;
    this.#onError = onError;
    this.#width = width;
  }

  add(id: string): void {
    this.#waiting.add(id);
    this.#start();
  }

  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #isIdle(): boolean {
    return this.#waiting.size === 0 && this.#running.size === 0;
  }

  #start(): void {
    for (const id of this.#waiting) {
      if (this.#running.size >= this.#width) return;
      if (this.#running.has(id)) continue;
      this.#waiting.delete(id);
      this.#running.add(id);
      void this.#run(id);
    }
  }

  async #run(id: string): Promise<void> {
    try {
      await this.#work(id);
    } catch (error) {
      this.#onError(id, error);
    }
    this.#running.delete(id);
    this.#start();
    if (!this.#isIdle()) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
