/** The baseline of the pop bench: AMI bytes in on a TCP socket, a line per ringing phone out as Server-Sent Event. No storage. */
import { createServer } from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

const streams = new Set<(line: string) => void>();
const http = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  const write = (line: string): void => void response.write(`data: ${line}\n\n`);
  streams.add(write);
  response.on('close', () => streams.delete(write));
});
http.listen(0, '127.0.0.1', () => {
  const pbx = net.connect(Number(process.argv[2]), '127.0.0.1');
  pbx.setNoDelay(true);
  pbx.write('Action: Login\r\nUsername: hub\r\nSecret: example\r\nEvents: on\r\n\r\n');
  let rest = '';
  pbx.on('data', (chunk: Buffer) => {
    const events = (rest + chunk.toString()).split('\r\n\r\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      if (!event.startsWith('Event: DialState')) continue;
      const number = /^CallerIDNum: (.*)$/m.exec(event)?.[1]?.trim() ?? '';
      for (const write of streams) write(JSON.stringify({ number }));
    }
  });
  process.stdout.write(`${(http.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', () => process.exit());
