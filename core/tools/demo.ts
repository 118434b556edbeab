import type { z } from 'zod';
import { demoGet, demoRemove, demoStart, type demoState } from '#core/contract/api/system.ts';
import { UsageError, type Command } from './command.ts';
import { connectToHub, type HubClient } from './hub-client.ts';
import { parseOptions } from './options.ts';

export const command: Command = {
  name: 'demo',
  summary: 'Start, show or remove the demo on the running hub',
  usage: `tieline demo (start | state | remove) [--url <hub>] [--json]

start    plays calls recorded from a real Asterisk, seeds contacts and starts a fake CRM on this machine
state    says what runs and where the fake CRM shows what it received
remove   takes away everything the demo made`,
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { url: { type: 'string' } });
    const hub = connectToHub(io, { url: values.url });
    const [verb = 'state'] = positionals;
    if (verb !== 'start' && verb !== 'state' && verb !== 'remove')
      throw new UsageError(`"${verb}" is none of start, state, remove.`);
    const state = await act(hub, verb);
    if (values.json === true) io.out(JSON.stringify(state));
    else if (state.running)
      io.out(
        `The demo runs: ${hub.url}/desk shows its calls${state.crmUrl === null ? '' : `, ${state.crmUrl} its CRM`}.`,
      );
    else io.out('The demo does not run.');
    return 0;
  },
};

function act(hub: HubClient, verb: 'start' | 'state' | 'remove'): Promise<z.output<typeof demoState>> {
  if (verb === 'start') return hub.call(demoStart, { body: {} });
  return verb === 'remove' ? hub.call(demoRemove) : hub.call(demoGet);
}
