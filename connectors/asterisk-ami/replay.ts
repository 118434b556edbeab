/** Plays AMI recordings: byte streams, or JSON arrays of events. */
import type { CreateReplay, ReplaySource, ReplayStep } from '#core/contract/replay.ts';
import { HubError } from '#core/contract/errors.ts';
import { createCallTranslator } from './call-events.ts';
import type { CallTranslator } from './call-events.ts';
import { trunkMatcher } from './channel-graph.ts';
import { createFrameReader, frameOf } from './frames.ts';
import type { AmiFrame, FrameReader } from './frames.ts';
import { callSnapshots } from './snapshot.ts';

const knownSettings = new Set(['trunks', 'correlationVariables']);

export const createReplay: CreateReplay = ({ settings, onNotice }) => {
  for (const name of Object.keys(settings)) {
    if (!knownSettings.has(name)) {
      throw new HubError(
        'config.invalid',
        `A recording has no use for "${name}". Known: ${[...knownSettings].join(', ')}.`,
        { field: name },
      );
    }
  }
  return new AmiReplay({
    trunks: listOf(settings['trunks']),
    correlationVariables: listOf(settings['correlationVariables']),
    onNotice,
  });
};

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

interface Settings {
  readonly trunks: readonly string[];
  readonly correlationVariables: readonly string[];
  readonly onNotice: (message: string) => void;
}

class AmiReplay implements ReplaySource {
  readonly #settings: Settings;
  readonly #isTrunk: (channelName: string) => boolean;
  #connections = 0;
  #reader: FrameReader;
  #translator: CallTranslator;
  #listed: AmiFrame[] = [];

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#isTrunk = trunkMatcher(settings.trunks);
    this.#reader = this.#newReader();
    this.#translator = this.#newTranslator();
  }

  #newReader(): FrameReader {
    return createFrameReader({ onNotice: (notice) => this.#settings.onNotice(notice.message) });
  }

  #newTranslator(): CallTranslator {
    return createCallTranslator({
      sessionKey: `replay-${this.#connections}`,
      trunks: this.#settings.trunks,
      correlationVariables: this.#settings.correlationVariables,
      onNotice: (notice) => this.#settings.onNotice(notice.message),
    });
  }

  connect(): void {
    this.#connections += 1;
    this.#reader = this.#newReader();
    this.#translator = this.#newTranslator();
    this.#listed = [];
  }

  bytes(chunk: Uint8Array, atMs: number): ReplayStep[] {
    return this.#reader.push(chunk).map((frame) => this.#step(frame, atMs));
  }

  message(message: Readonly<Record<string, string>>, atMs: number): ReplayStep[] {
    const { Event: event, ...others } = message;
    const headers = Object.entries(others).map(([key, value]) => [key, value] as const);
    return [this.#step(frameOf(event === undefined ? headers : [['Event', event], ...headers]), atMs)];
  }

  end(atMs: number): ReplayStep[] {
    return [{ events: this.#translator.tick(atMs + 60_000) }];
  }

  #step(frame: AmiFrame, atMs: number): ReplayStep {
    const events = this.#translator.feed(frame, atMs);
    if (frame.name === 'CoreShowChannel') this.#listed.push(frame);
    if (frame.name !== 'CoreShowChannelsComplete') return { events };
    const snapshot = callSnapshots(this.#listed, this.#isTrunk, atMs);
    this.#listed = [];
    return { events, snapshot };
  }
}
