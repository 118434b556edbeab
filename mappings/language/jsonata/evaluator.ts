import { extname } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type Answer, phases, type RawFault, type Task } from './protocol.ts';

/** Waits outside any budget: for a thread to start, and for an idle one to take a task up on a busy machine. */
const startMs = 10_000;
const pickUpMs = 2_000;

interface Running {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly signal: Int32Array<SharedArrayBuffer>;
}

/**
 * Asks a worker thread and sleeps until it answers: steps are synchronous, JSONata is not, and only a thread can be
 * stopped in the middle of a regular expression. A worker that overruns its budget, or runs out of memory, is replaced.
 */
export class Evaluator {
  private running: Running | null = null;

  /** Never throws, and never sleeps much longer than `budgetMs` once the worker has the task. */
  ask(task: Omit<Task, 'stopAfterMs'>, budgetMs: number): Answer {
    // The worker stops itself a little before the hub gives it up, which saves starting a new one.
    const whole: Task = { ...task, stopAfterMs: Math.max(1, Math.floor(budgetMs * 0.9)) };
    const worker = this.begin(whole);
    if (worker === null) return fault('worker', 'the thread for JSONata could not be started');
    if (!reaches(worker, phases.started, budgetMs)) {
      this.replace(worker);
      return fault('D1012', `no answer within ${budgetMs} ms`);
    }
    const received: unknown = receiveMessageOnPort(worker.port)?.message;
    return typeof received === 'string' ? (JSON.parse(received) as Answer) : fault('failed', 'gave no answer');
  }

  /** Ends the thread; the next question starts another. For tests and orderly ends: an idle thread holds up nothing. */
  async close(): Promise<void> {
    const { running } = this;
    this.running = null;
    await running?.worker.terminate();
  }

  /** Tries twice: the worker there is may have died since the last question. */
  private begin(task: Task): Running | null {
    try {
      return this.handOver(task) ?? this.handOver(task);
    } catch {
      // Node may be told to allow no threads.
      return null;
    }
  }

  /** A worker that has begun the task; null when the one there is had died or would not start. */
  private handOver(task: Task): Running | null {
    const worker = this.running ?? this.start();
    if (!reaches(worker, phases.starting, startMs)) return this.replace(worker);
    Atomics.store(worker.signal, 0, phases.posted);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.port.postMessage(task);
    return reaches(worker, phases.posted, pickUpMs) ? worker : this.replace(worker);
  }

  private start(): Running {
    const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(new URL(`worker${extname(import.meta.url)}`, import.meta.url), {
      name: 'jsonata',
      workerData: { signal, port: port2 },
      transferList: [port2],
      env: {},
      execArgv: [],
      // Far more than the realm's own limits allow: an allocation that fails here would end the process.
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    const running: Running = { worker, port: port1, signal };
    worker.unref();
    // Running out of memory is told here, a turn later; whoever waited has been answered by then.
    worker.on('error', () => this.forget(running));
    worker.on('exit', () => this.forget(running));
    this.running = running;
    return running;
  }

  /** The stuck thread is told to end, and the next one starts while the hub goes on. */
  private replace(worker: Running): null {
    void worker.worker.terminate();
    this.start();
    return null;
  }

  private forget(worker: Running): void {
    worker.port.close();
    if (this.running === worker) this.running = null;
  }
}

/** Sleeps until the worker has left a phase; false when it has not within the time. */
function reaches({ signal }: Running, left: number, ms: number): boolean {
  return Atomics.wait(signal, 0, left, ms) !== 'timed-out';
}

function fault(code: string, message: string): { readonly fault: RawFault } {
  return { fault: { code, message } };
}

/** One thread for the whole process, started by the first expression. */
export const evaluator = new Evaluator();
