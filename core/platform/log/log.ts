import { pino } from 'pino';
import type { DestinationStream, Logger, LoggerOptions } from 'pino';
import { redact } from './redact.ts';
import { prettyStream } from './pretty-stream.ts';

/** Token of the hub's logger. Messages are sentences; ids and figures go into the object before them. */
export const LOG = Symbol('LOG');
export type Log = Logger;

/** `info` and above on a terminal is laid out for people, everywhere else one JSON object per line. */
export function createLog(level: string, destination: DestinationStream = defaultDestination()): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: (record) => redact(record) },
    serializers: { err: describeError },
  };
  return pino(options, destination);
}

function defaultDestination(): DestinationStream {
  return process.stdout.isTTY ? prettyStream(process.stdout) : pino.destination({ fd: 1, sync: true });
}

/**
 * An error as plain data. Only members that are plain values: libraries hang whole clients and requests on theirs.
 * pino runs `formatters.log` before serializers, so this redacts for itself.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return redact({ error })['error'];
  const { name, message, stack, cause } = error;
  const plain = Object.entries(error).filter(([, value]) => typeof value !== 'object' && typeof value !== 'function');
  return redact({
    ...Object.fromEntries(plain),
    name,
    message,
    stack,
    ...(cause !== undefined && { cause: describeError(cause) }),
  });
}
