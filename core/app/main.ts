/** The hub's process: reads the environment, starts, says where it is, and stops on a signal. */
import { asHubError } from '#core/contract/errors.ts';
import { readEnvironment, type Environment } from '#core/platform/environment.ts';
import { createLog, type Log } from '#core/platform/log/log.ts';
import { packageVersion } from '#core/platform/package-root.ts';
import { startHub, type Hub } from './hub.ts';
import { LocalAccess } from './local-access.service.ts';
import { startupText } from './startup-text.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

async function main(): Promise<void> {
  const environment = readEnvironment(process.env, process.cwd());
  const log = createLog(environment.logLevel);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'Something failed that nobody waited for'));
  const starting = startHub({ environment, log });
  stopOnSignal(starting, environment, log);
  const hub = await starting;
  await hub.app.get(LocalAccess).write(hub.url);
  process.stdout.write(
    startupText({ url: hub.url, version: packageVersion(), database: hub.database.kind, environment }),
  );
}

/** The first signal drains, the second ends at once; a drain that hangs is cut off at the deadline. */
function stopOnSignal(starting: Promise<Hub>, environment: Environment, log: Log): void {
  let isStopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (isStopping) process.exit(130);
    isStopping = true;
    log.info(`Stopping on ${signal}; once more ends at once`);
    const deadline = setTimeout(
      () => {
        log.error(`Work in hand did not end within ${environment.drainSecs} s; ending anyway`);
        process.exit(1);
      },
      environment.drainSecs * 1000 + 5000,
    );
    try {
      const hub = await starting;
      await hub.stop();
      log.info('Stopped');
    } catch (error) {
      log.error({ err: error }, 'Stopping failed');
      process.exitCode = 1;
    }
    clearTimeout(deadline);
    process.exit();
  };
  for (const signal of signals) process.on(signal, () => void stop(signal));
}

try {
  await main();
} catch (thrown) {
  const error = asHubError(thrown);
  process.stderr.write(`Tieline did not start.\n${error.message}\n`);
  if (error.code === 'bug') process.stderr.write(`${error.stack ?? ''}\n`);
  process.exit(1);
}
