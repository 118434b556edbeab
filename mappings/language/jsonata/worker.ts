import { type MessagePort, workerData } from 'node:worker_threads';
import { phases, type Task, type WorkerStart } from './protocol.ts';
import { openRealm } from './realm.ts';

/** The thread that evaluates `jsonata` steps. It answers one task after the other and keeps nothing between them. */
const { signal, port } = workerData as WorkerStart<MessagePort>;
const realm = openRealm();

function reach(phase: number): void {
  Atomics.store(signal, 0, phase);
  Atomics.notify(signal, 0);
}

function answer(task: Task): string {
  try {
    return realm.answer(task);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return JSON.stringify({ fault: { code: 'failed', message } });
  }
}

port.on('message', (task: Task) => {
  reach(phases.started);
  port.postMessage(answer(task));
  reach(phases.done);
});
reach(phases.idle);
