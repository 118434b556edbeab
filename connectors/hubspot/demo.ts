import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DemoPart } from '#core/contract/demo.ts';

/** The demo's CRM: the fake HubSpot of the tests, with the demo's callers in it. Its page shows what the hub wrote. */
export const demo: DemoPart = {
  connectionName: 'Demo CRM',
  start: async ({ dataDir }) => {
    const { startFakeHubSpot } = await import('./testing/peer.ts');
    await mkdir(dataDir, { recursive: true });
    const before = readAddress(dataDir);
    const options = { dataFile: join(dataDir, 'records.jsonl'), seedContacts: seeds, limits: null };
    const token = before === null ? {} : { token: before.token };
    // The page stays where the user left it open, unless something else took its port meanwhile.
    const peer = await startFakeHubSpot({ ...options, ...token, port: before?.port ?? 0 }).catch(() =>
      startFakeHubSpot({ ...options, ...token, port: 0 }),
    );
    const address = { port: Number(new URL(peer.url).port), token: peer.token };
    await writeFile(join(dataDir, 'address.json'), JSON.stringify(address), { mode: 0o600 });
    return {
      // Record links lead to the fake CRM's own page.
      config: { accessToken: peer.token, baseUrl: peer.url, appUrl: peer.url },
      pageUrl: peer.url,
      extension: null,
      contacts: [],
      close: () => peer.close(),
    };
  },
};

const address = z.object({ port: z.number().int(), token: z.string() });

function readAddress(dataDir: string): z.output<typeof address> | null {
  const path = join(dataDir, 'address.json');
  return existsSync(path) ? address.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

const seeds = [
  contact('John', 'Smith', '+14155550123', {
    email: 'john.smith@bayview.example',
    company: 'Bayview Logistics',
    jobtitle: 'Operations Manager',
  }),
  contact('Jörg', 'Müller', '+4930901820', {
    email: 'j.mueller@mueller-soehne.example',
    company: 'Müller & Söhne GmbH',
    jobtitle: 'Einkaufsleiter',
  }),
  contact('小明', '王', '+8613800138000', {
    email: 'wang.xiaoming@yuanhang.example',
    company: '远航贸易有限公司',
    jobtitle: '采购经理',
  }),
  contact('José', 'Núñez-Ångström', '+33142278186', {
    email: 'jose@lumiere.example',
    company: 'Atelier Lumière',
    jobtitle: 'Directeur technique',
  }),
  contact('Dana', 'Reyes', '+14155550188', {
    email: 'dana@harbordental.example',
    company: 'Harbor Dental',
    jobtitle: 'Office Manager',
  }),
];

function contact(
  firstname: string,
  lastname: string,
  phone: string,
  more: { email: string; company: string; jobtitle: string },
): Record<string, string> {
  return { firstname, lastname, phone, ...more };
}
