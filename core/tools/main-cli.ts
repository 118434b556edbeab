import { once } from 'node:events';
import { runCli } from './cli.ts';

const { stdout, stderr } = process;

// `| head` closes the pipe when it has seen enough, which is no failure of ours.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCli(process.argv.slice(2), {
  out: (line) => stdout.write(`${line}\n`),
  err: (line) => stderr.write(`${line}\n`),
  env: process.env,
  cwd: process.cwd(),
  drained: async () => {
    if (stdout.writableNeedDrain) await once(stdout, 'drain');
  },
  ...(stderr.isTTY
    ? {
        screen: {
          // Some terminals say 0.
          columns: stderr.columns || 80,
          isOutput: stdout.isTTY,
          draw: (text: string) => void stderr.write(text),
        },
      }
    : {}),
});
