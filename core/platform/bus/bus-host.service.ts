/** Binds every `@OnBus` method to the transport and is the `BUS` everyone publishes on. */
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { firstValueFrom, NEVER, timeout } from 'rxjs';
import {
  busMessages,
  type BusAnswer,
  type BusEventTopic,
  type BusPayload,
  type BusRequestTopic,
  type BusTopic,
} from '#core/contract/bus.ts';
import { asHubError, HubError } from '#core/contract/errors.ts';
import { busUrlOf, ENVIRONMENT, runsEverything, type Environment } from '../environment.ts';
import { newId } from '../ids.ts';
import { LOG, type Log } from '../log/log.ts';
import { methodsOf } from '../discovered-methods.service.ts';
import type { Bus } from './bus.ts';
import { Deliveries, type Subscriber } from './deliver.ts';
import { openReply, replyOf } from './envelope.ts';
import { subscriptionsOf } from './on-bus.ts';
import { assertTopicsBound } from './topic-check.ts';
import { openTransport, type Transport } from './transport.service.ts';

const requestTimeoutMs = 15_000;
const connectTimeoutMs = 10_000;

interface Request {
  readonly id: string;
  readonly payload: unknown;
}

@Injectable()
export class BusHost implements Bus {
  readonly #deliveries: Deliveries;
  #transport: Transport | null = null;
  #isConnected = false;

  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.#deliveries = new Deliveries(log);
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Called once, when every module is built and before any of them publishes. */
  async start(): Promise<void> {
    const subscribers = this.#subscribers();
    assertTopicsBound(subscribers, runsEverything(this.environment));
    const transport = await openTransport(busUrlOf(this.environment));
    for (const [topic, bound] of Map.groupBy(subscribers, (subscriber) => subscriber.topic)) {
      this.#bind(transport, topic, bound);
    }
    await connect(transport);
    this.#transport = transport;
    this.#isConnected = true;
  }

  async publish<T extends BusEventTopic>(topic: T, payload: BusPayload<T>): Promise<void> {
    const checked = checkPayload(topic, payload);
    try {
      await firstValueFrom(this.#open().client.emit(topic, checked), { defaultValue: undefined });
    } catch (error) {
      // An event is a nudge whose loss a sweep repairs; its publisher has committed and must not fail.
      this.log.error({ err: error, topic }, 'A bus event could not be handed over');
    }
  }

  async request<T extends BusRequestTopic>(topic: T, payload: BusPayload<T>): Promise<BusAnswer<T>> {
    const message: Request = { id: newId(), payload: checkPayload(topic, payload) };
    const reply = await firstValueFrom(
      this.#open()
        .client.send(topic, message)
        .pipe(timeout({ first: requestTimeoutMs })),
    ).catch((cause: unknown) => {
      const seconds = requestTimeoutMs / 1000;
      throw new HubError('remote.timeout', `No hub process answered "${topic}" within ${seconds} s.`, {
        retry: 'soon',
        cause: asHubError(cause),
      });
    });
    // The handler's answer was parsed with the topic's schema, here or in the process that answered.
    return openReply(reply) as BusAnswer<T>;
  }

  /** Waits for deliveries in hand, then closes the wire. */
  async stop(): Promise<void> {
    await this.#deliveries.idle();
    this.#isConnected = false;
    await this.#transport?.client.close();
    await this.#transport?.server.close();
    this.#transport?.release();
  }

  #open(): Transport {
    if (this.#transport === null) {
      throw new HubError('bug', 'The bus is used before it was started; publish from onApplicationBootstrap on.');
    }
    return this.#transport;
  }

  #subscribers(): Subscriber[] {
    return methodsOf(this.discovery).flatMap(({ instance, method, name }) =>
      subscriptionsOf(method).map((subscription) => ({
        ...subscription,
        name,
        consumer: instance,
        // `@OnBus` checked the method against the topic's payload, which is parsed before every call.
        method: method.bind(instance) as Subscriber['method'],
      })),
    );
  }

  #bind(transport: Transport, topic: BusTopic, bound: readonly Subscriber[]): void {
    const message = busMessages[topic];
    const read = (payload: unknown): unknown => (transport.isLocal ? payload : message.payload.parse(payload));
    if (message.kind === 'event') {
      const deliver = async (payload: unknown): Promise<void> => {
        this.#deliveries.deliver(bound, read(payload));
      };
      transport.server.addHandler(topic, deliver, true);
      return;
    }
    const [handler] = bound;
    if (handler === undefined) return;
    transport.server.addHandler(topic, async ({ id, payload }: Request) => {
      const checked = read(payload);
      const accepts = (await handler.accepts?.(handler.consumer, checked)) ?? true;
      // A process that never replies leaves the request to the others.
      if (!accepts || !(await transport.claim(id))) return NEVER;
      return replyOf(async () => message.answer.parse(await handler.method(checked)));
    });
  }
}

function checkPayload(topic: BusTopic, payload: unknown): unknown {
  const result = busMessages[topic].payload.safeParse(payload);
  if (result.success) return result.data;
  throw new HubError('bug', `A message for "${topic}" does not fit core/contract/bus.ts: ${result.error.message}`);
}

async function connect({ server, client }: Transport): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = setTimeout(
    () =>
      reject(new HubError('config.invalid', 'Redis for the bus does not answer. Check TIELINE_BUS_URL or REDIS_URL.')),
    connectTimeoutMs,
  );
  server.listen((error?: unknown) => (error === undefined ? resolve() : reject(asHubError(error))));
  try {
    await promise;
    await client.connect();
  } finally {
    clearTimeout(late);
  }
}
