/** Nest's own messages in the hub's log; what it says of its start is of use only when something is wrong with it. */
import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.ts';

export class NestLogger implements LoggerService {
  constructor(private readonly to: Log) {}

  log(message: unknown, ...context: unknown[]): void {
    this.to.debug({ context: context.at(-1) }, textOf(message));
  }

  debug(message: unknown, ...context: unknown[]): void {
    this.to.trace({ context: context.at(-1) }, textOf(message));
  }

  verbose(message: unknown, ...context: unknown[]): void {
    this.to.trace({ context: context.at(-1) }, textOf(message));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.to.warn({ context: context.at(-1) }, textOf(message));
  }

  error(message: unknown, ...context: unknown[]): void {
    this.to.error({ context: context.at(-1), ...(message instanceof Error && { err: message }) }, textOf(message));
  }

  fatal(message: unknown, ...context: unknown[]): void {
    this.to.fatal({ context: context.at(-1) }, textOf(message));
  }
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
