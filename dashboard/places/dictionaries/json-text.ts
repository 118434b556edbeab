import { jsonObject, type JsonObject } from '#core/contract/json.ts';

/** Null for anything but a JSON object. */
export function parseObject(text: string): JsonObject | null {
  try {
    return jsonObject.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
