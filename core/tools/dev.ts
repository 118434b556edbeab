/**
 * `npm run dev`: compiles on change, restarts the hub when what it runs has changed, and serves the dashboard with hot
 * reload. Three children of this process; Ctrl-C ends them all.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const hubPort = process.env['TIELINE_PORT'] ?? '7420';

interface Part {
  readonly name: string;
  readonly args: readonly string[];
}

const parts: readonly Part[] = [
  {
    name: 'compiler',
    args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
  },
  {
    name: 'hub',
    args: [
      '--enable-source-maps',
      '--watch',
      '--watch-path=dist/core',
      '--watch-path=dist/connectors',
      '--watch-path=dist/mappings',
      '--watch-path=mappings',
      'dist/core/app/main.js',
    ],
  },
  { name: 'dashboard', args: ['node_modules/vite/bin/vite.js', '--config', 'dashboard/vite.config.ts'] },
];

function start({ name, args }: Part): ChildProcess {
  const env = { ...process.env, TIELINE_PORT: hubPort, TIELINE_URL: `http://127.0.0.1:${hubPort}` };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  child.on('exit', (code) => {
    if (isStopping) return;
    process.stderr.write(`The ${name} ended with code ${code ?? 'none'}.\n`);
    stop();
  });
  return child;
}

let isStopping = false;
const children = parts.map(start);

function stop(): void {
  if (isStopping) return;
  isStopping = true;
  for (const child of children) child.kill('SIGTERM');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
