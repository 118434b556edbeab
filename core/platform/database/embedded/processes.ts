/** Facts about processes by pid. */
import { readFileSync } from 'node:fs';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A killed child that its parent has not yet collected still has a pid but runs no more. */
function isZombie(pid: number): boolean {
  return statFields(pid)?.[0] === 'Z';
}

/**
 * When the process started, in clock ticks since boot (proc_pid_stat(5), field 22). With the pid it names a process
 * for good: pids are used again, above all in containers. `null` where there is no /proc.
 */
export function startTicks(pid: number): string | null {
  return statFields(pid)?.[19] ?? null;
}

/** The fields after the command's name, which is in parentheses and may hold anything. */
function statFields(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** Whether the process may be a server of this cluster: its command line names the folder. Yes where it cannot be read. */
export function mayServe(pid: number, cluster: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  } catch {
    return isAlive(pid);
  }
}

export async function waitUntilGone(pid: number, deadlineMs: number): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  while (isAlive(pid)) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  return true;
}
