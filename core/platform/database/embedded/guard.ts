/**
 * A shell loop of a megabyte that stops the server when every hub that used it has died, so that a killed hub leaves
 * nothing behind for good. It waits a while first: a hub that is started again finds its server still warm.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const script = `
users=$1; server=$2; cluster=$3; grace=$4; idle=0
while kill -0 "$server" 2>/dev/null; do
  used=0
  for file in "$users"/*; do
    [ -e "$file" ] || continue
    if kill -0 "\${file##*/}" 2>/dev/null; then used=1; else rm -f "$file"; fi
  done
  if [ "$used" = 1 ]; then idle=0; else idle=$((idle + 2)); fi
  if [ "$idle" -gt "$grace" ]; then
    [ "$(head -n 1 "$cluster/postmaster.pid" 2>/dev/null)" = "$server" ] && kill -INT "$server"
    exit 0
  fi
  sleep 2
done`;

export interface GuardOptions {
  readonly usersDir: string;
  readonly cluster: string;
  readonly serverPid: number;
  readonly graceSecs: number;
}

/** One guard per server is enough; it follows the users folder, not the hub that started it. */
export function startGuard({ usersDir, cluster, serverPid, graceSecs }: GuardOptions): void {
  if (os.platform() === 'win32') return;
  const args = ['-c', script, 'tieline-guard', usersDir, String(serverPid), cluster, String(graceSecs)];
  spawn('/bin/sh', args, { detached: true, stdio: 'ignore', cwd: '/' }).unref();
}

/** Says that this process uses the server; the name of the file is the pid. */
export function enterUse(usersDir: string): { leave(): void } {
  mkdirSync(usersDir, { recursive: true });
  const file = path.join(usersDir, String(process.pid));
  writeFileSync(file, '');
  return { leave: () => rmSync(file, { force: true }) };
}
