/** UUID version 7 (RFC 9562 §5.7): ids that sort by the time they were made, which keeps index pages warm. */
import { randomFillSync } from 'node:crypto';

const pool = new Uint8Array(10 * 256);
let used = pool.length;
let lastMs = 0;
let sequence = 0;

/** A new id. Ids made in one process sort in the order they were made. */
export function newId(): string {
  const bytes = takeRandom();
  const ms = Math.max(Date.now(), lastMs);
  // The 12 bits after the version count within a millisecond (RFC 9562 §6.2, method 1).
  sequence = ms === lastMs ? sequence + 1 : (((bytes[8] ?? 0) << 3) | ((bytes[9] ?? 0) & 7)) & 0x7ff;
  lastMs = ms;
  if (sequence > 0xfff) {
    sequence = 0;
    lastMs += 1;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const count = sequence.toString(16).padStart(3, '0');
  const tail = Buffer.from(bytes.subarray(0, 8));
  tail.writeUInt8((tail.readUInt8(0) & 0x3f) | 0x80, 0);
  const rest = tail.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}

function takeRandom(): Uint8Array {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 10;
  return pool.subarray(used - 10, used);
}
