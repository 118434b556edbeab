/** Every method of every provider and controller: where decorated handlers are looked for at start. */
import type { DiscoveryService } from '@nestjs/core';

export type Method = (...args: never[]) => unknown;

export interface DiscoveredMethod {
  readonly instance: object;
  readonly method: Method;
  /** `Class.method`, for messages. */
  readonly name: string;
}

export function methodsOf(discovery: DiscoveryService): DiscoveredMethod[] {
  const wrappers = [...discovery.getProviders(), ...discovery.getControllers()];
  // A provider under two tokens is one instance and one handler.
  const instances = new Set(wrappers.filter(({ isAlias }) => !isAlias).map(({ instance }) => instance as unknown));
  return [...instances].flatMap((instance) => (isObject(instance) ? methodsOfInstance(instance) : []));
}

function isObject(instance: unknown): instance is Record<string, unknown> {
  return typeof instance === 'object' && instance !== null;
}

function methodsOfInstance(instance: Record<string, unknown>): DiscoveredMethod[] {
  const prototype: unknown = Object.getPrototypeOf(instance);
  if (!isObject(prototype) || prototype === Object.prototype) return [];
  return Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, { value }]) => {
    if (name === 'constructor' || typeof value !== 'function') return [];
    return [{ instance, method: value as Method, name: `${instance.constructor.name}.${name}` }];
  });
}
