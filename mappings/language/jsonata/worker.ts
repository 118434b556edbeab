import { type MessagePort, workerData } from 'node:worker_threads';
import { phases, type Task, type WorkerStart } from './protocol.ts';
import { openRealm } from './realm.ts';

/** The thread that evaluates `jsonata` steps: one task after the other. It keeps parsed expressions and nothing else. */
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

/** Expressions the realm has parsed; a budget is for evaluating. */
const parsed = new Set<string>();

port.on('message', (task: Task) => {
  if (task.kind === 'run' && !parsed.has(task.expression)) {
    answer({ ...task, kind: 'read' });
    if (parsed.size >= 500) parsed.clear();
    parsed.add(task.expression);
  }
  reach(phases.started);
  port.postMessage(answer(task));
  reach(phases.done);
});
reach(phases.idle);
