/** The thread of `tasks.ts`: takes one at a time and answers it. */
import { parentPort } from 'node:worker_threads';
import { asHubError } from '#core/contract/errors.ts';
import { type TaskName, tasks } from './tasks.ts';

export interface TaskOrder {
  readonly task: TaskName;
  readonly ask: unknown;
}
export type TaskReply =
  | { readonly answer: unknown }
  | { readonly fault: { readonly code: string; readonly message: string; readonly field?: string | undefined } };

async function run({ task, ask }: TaskOrder): Promise<TaskReply> {
  try {
    const work = tasks[task] as (given: unknown) => unknown;
    return { answer: await work(ask) };
  } catch (thrown) {
    const { code, message, field } = asHubError(thrown);
    return { fault: { code, message, field } };
  }
}

parentPort?.on('message', (order: TaskOrder) => {
  void run(order).then((reply) => parentPort?.postMessage(reply, []));
});
