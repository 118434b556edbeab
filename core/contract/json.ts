import { z } from 'zod';

/** Any JSON value, as records and payloads carry it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());
