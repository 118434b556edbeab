/** `peer-main.ts --port 0 --data file.jsonl --token t`: the fake HubSpot as a process of its own. Prints its address. */
import { parseArgs } from 'node:util';
import { startFakeHubSpot } from './peer.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    token: { type: 'string' },
    'no-limits': { type: 'boolean', default: false },
  },
});
const peer = await startFakeHubSpot({
  port: Number(values.port),
  ...(values.data === undefined ? {} : { dataFile: values.data }),
  ...(values.token === undefined ? {} : { token: values.token }),
  ...(values['no-limits'] ? { limits: null } : {}),
});
process.stdout.write(`${JSON.stringify({ url: peer.url, token: peer.token, portalId: peer.portalId })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void peer.close());
