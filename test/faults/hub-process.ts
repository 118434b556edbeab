/** The hub as users run it: a process of its own from `dist`, on its own data folder, that a test may kill. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connectToHub, type HubClient } from '#core/tools/hub-client.ts';

const root = join(import.meta.dirname, '..', '..');
const main = join(root, 'dist', 'core', 'app', 'main.js');

export interface HubProcessOptions {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
}

export class HubProcess {
  readonly #child: ChildProcess;
  readonly #options: HubProcessOptions;
  #output = '';

  private constructor(options: HubProcessOptions) {
    if (!existsSync(main)) throw new Error('dist is missing: run "npm run build" first ("npm test" does).');
    this.#options = options;
    const env = {
      ...process.env,
      TIELINE_PORT: '0',
      TIELINE_LOG_LEVEL: 'warn',
      TIELINE_DATA_DIR: options.dataDir,
      ...options.env,
    };
    this.#child = spawn(process.execPath, ['--enable-source-maps', main], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-20_000)));
    }
  }

  /** Resolves when the hub says it is ready. */
  static async start(options: HubProcessOptions): Promise<HubProcess> {
    const hub = new HubProcess(options);
    await hub.#ready();
    return hub;
  }

  get url(): string {
    return /Open\s+(http:\/\/\S+)/.exec(this.#output)?.[1] ?? '';
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The last lines the hub printed, for a failing test. */
  get output(): string {
    return this.#output;
  }

  /** Speaks to this hub with the key it leaves for its machine. */
  client(): HubClient {
    const io = {
      out: () => undefined,
      err: () => undefined,
      cwd: root,
      env: { TIELINE_DATA_DIR: this.#options.dataDir },
    };
    return connectToHub(io, { url: this.url });
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As Ctrl-C ends it; fails when it had to be cut off. */
  async stop(): Promise<void> {
    const wasUp = this.#child.exitCode === null && this.#child.signalCode === null;
    await this.#end('SIGTERM');
    if (wasUp && this.#child.exitCode !== 0) throw new Error(`The hub did not stop cleanly:\n${this.#output}`);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    await gone;
  }

  async #ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const settle = (): void => {
        if (this.url === '' || !this.#output.includes('Ctrl-C')) return;
        this.#child.off('exit', fail);
        resolve();
      };
      const fail = (): void => reject(new Error(`The hub ended before it was ready:\n${this.#output}`));
      this.#child.stdout?.on('data', settle);
      this.#child.once('exit', fail);
    });
  }
}
