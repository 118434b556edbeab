import { z } from 'zod';

/** In the data folder of a running hub; read by `tieline` commands that speak to it. */
export const localAccessFile = 'local-access.json';
export const localAccess = z.object({ url: z.url(), key: z.string(), pid: z.number().int() });
