#!/usr/bin/env node
/**
 * The door of every npm script. Runs on whatever Node ≥ 20 the machine has, with built-ins only: installs when the lock
 * file changed, builds what is stale, then goes on under the Node that the lock file pins (node_modules/.bin/node).
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands } from './commands.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const say = (line) => process.stderr.write(`${line}\n`);
const digest = (text) => createHash('sha256').update(text).digest('hex');
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** npm is found beside the Node that runs us, or on the PATH; `npm run` tells where it is. */
function npm(args) {
  const script = process.env.npm_execpath;
  const viaScript = script !== undefined && /npm-cli\.c?js$/.test(script);
  const command = viaScript ? process.execPath : 'npm';
  const shell = !viaScript && process.platform === 'win32';
  return spawnSync(command, viaScript ? [script, ...args] : args, { cwd: root, stdio: 'inherit', shell });
}

function installIfStale() {
  const stamp = join(root, 'node_modules', '.tieline-installed');
  const wanted = digest(read(join(root, 'package-lock.json')) + process.platform + process.arch);
  if (read(stamp) === wanted && existsSync(pinnedNode)) return;
  const began = Date.now();
  say('Installing dependencies (first start, or package-lock.json changed) …');
  const result = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error', '--progress=true']);
  if (result.status !== 0)
    fail('npm ci failed. Check the network or proxy, then run the same command again.', result.status);
  if (!existsSync(pinnedNode)) {
    fail(
      'node_modules has no Node 24: the install script of the package "node" did not run. Run "npm rebuild node" and try again.',
      1,
    );
  }
  writeFileSync(stamp, wanted);
  say(`Installed in ${seconds(began)} s.`);
}

/** Newest change below the given paths; dist is stale when anything is newer than its stamp. */
function newestChange(paths) {
  let newest = 0;
  for (const path of paths) {
    const info = statSync(path, { throwIfNoEntry: false });
    if (info === undefined) continue;
    if (!info.isDirectory()) newest = Math.max(newest, info.mtimeMs);
    else newest = Math.max(newest, newestChange(readdirSync(path).map((name) => join(path, name))));
  }
  return newest;
}

function isStale(stampName, sources) {
  const stamp = statSync(join(root, 'dist', stampName), { throwIfNoEntry: false });
  return (
    stamp === undefined ||
    newestChange([...sources, 'package-lock.json'].map((path) => join(root, path))) > stamp.mtimeMs
  );
}

function buildIfStale(force = false) {
  buildPart({
    force,
    name: 'hub',
    stamp: '.hub-built',
    sources: ['core', 'connectors', 'mappings', 'tsconfig.json', 'tsconfig.build.json'],
    script: 'node_modules/typescript/bin/tsc',
    args: ['-p', 'tsconfig.build.json'],
  });
  buildPart({
    force,
    name: 'dashboard',
    stamp: '.dashboard-built',
    sources: ['dashboard', 'core/contract'],
    script: 'node_modules/vite/bin/vite.js',
    args: ['build', '--config', 'dashboard/vite.config.ts', '--logLevel', 'warn'],
  });
}

function buildPart({ force, name, stamp, sources, script, args }) {
  if (!force && !isStale(stamp, sources)) return;
  const began = Date.now();
  say(`Building the ${name} …`);
  if (force && name === 'hub') rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
  const started = new Date();
  const result = spawnSync(pinnedNode, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) fail(`Building the ${name} failed; the lines above say where.`, result.status);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', stamp), started.toISOString());
  say(`Built the ${name} in ${seconds(began)} s.`);
}

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

function fail(message, status) {
  say(message);
  process.exit(status || 1);
}

/** One step under the pinned Node; signals are passed on, so Ctrl-C reaches the hub and we wait for it. */
function runStep([script, ...args], env) {
  return new Promise((resolve) => {
    const child = spawn(pinnedNode, [script, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    const pass = (signal) => child.kill(signal);
    // On a terminal the child gets Ctrl-C from the terminal itself; we only must not die before it.
    const wait = () => {};
    process.on('SIGINT', process.stdin.isTTY ? wait : pass);
    process.on('SIGTERM', pass);
    child.on('exit', (code, signal) => resolve(signal === null ? code : 1));
  });
}

async function main() {
  const [name = 'start', ...rest] = process.argv.slice(2);
  const command = commands[name];
  if (command === undefined) fail(`Unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.`, 2);
  if (Number(process.versions.node.split('.')[0]) < 20)
    fail(`Tieline needs Node 20 or newer; this is ${process.version}.`, 1);
  installIfStale();
  if (command.build !== undefined) buildIfStale(command.build === 'always');
  for (const step of command.steps(rest)) {
    const status = await runStep(step, command.env);
    if (status !== 0) process.exit(status);
  }
}

await main();
