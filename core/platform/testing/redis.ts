/** A Redis of a test's own, without files, on a free port. */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from '../database/embedded/cluster-files.ts';

export interface TestRedis {
  readonly url: string;
  close(): Promise<void>;
}

export async function startTestRedis(program: string): Promise<TestRedis> {
  const port = await freePort();
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program, flags, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with code ${child.exitCode}`);
  }
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return { url: `redis://127.0.0.1:${port}`, close };
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => setTimeout(() => resolve(false), 20));
    socket.once('connect', () => socket.destroy());
  });
}
