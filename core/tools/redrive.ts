import { redrive } from '#core/contract/api/writes.ts';
import { UsageError, type Command } from './command.ts';
import { connectToHub } from './hub-client.ts';
import { parseOptions } from './options.ts';

export const command: Command = {
  name: 're-drive',
  summary: 'Send dead letters again: one, a group, or all',
  usage: `tieline re-drive (<write id> … | --group <fingerprint> | --all) [--url <hub>] [--json]

Brings dead writes back to the outbox, each lane in its order. Fix the cause first; the hub does not try them by itself.`,
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      all: { type: 'boolean' },
      group: { type: 'string' },
      url: { type: 'string' },
    });
    const hub = connectToHub(io, { url: values.url });
    const choices = [values.all === true, values.group !== undefined, positionals.length > 0].filter(Boolean);
    if (choices.length !== 1) throw new UsageError('Say exactly one of: write ids, --group, --all.');
    const body =
      values.all === true
        ? { all: true as const }
        : values.group === undefined
          ? { ids: positionals }
          : { fingerprint: values.group };
    const { redriven } = await hub.call(redrive, { body });
    io.out(values.json === true ? JSON.stringify({ redriven }) : `${redriven} dead letters are on their way again.`);
    return 0;
  },
};
