/** The paths of the pocket language: `a.b`, `list[0].x`, `list[label=work].x`. */
import type { JsonObject, JsonValue } from '#core/contract/json.ts';

interface Part {
  readonly name: string;
  readonly pick: string | null;
}

function partsOf(path: string): Part[] {
  return path.split('.').map((part) => {
    const found = /^([^[]*)(?:\[([^\]]*)\])?$/u.exec(part);
    return { name: found?.[1] ?? part, pick: found?.[2] ?? null };
  });
}

export function valueAt(input: JsonValue, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = input;
  for (const { name, pick } of partsOf(path)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const inner: JsonValue | undefined = value[name];
    value = pick === null ? inner : elementOf(inner, pick);
  }
  return value;
}

function elementOf(list: JsonValue | undefined, pick: string): JsonValue | undefined {
  if (!Array.isArray(list)) return undefined;
  const [key = '', wanted] = pick.split('=');
  return wanted === undefined ? list[Number(key)] : list.find((one) => valueAt(one, key) === wanted);
}

/** One source gives its value, several travel as a list; undefined when none is there. */
export function allAt(input: JsonObject, paths: readonly string[]): JsonValue | undefined {
  const values = paths.map((path) => valueAt(input, path));
  if (values.every((value) => value === undefined)) return undefined;
  return values.length === 1 ? values[0] : values.map((value) => value ?? null);
}

export function putAt(target: JsonObject, path: string, value: JsonValue): void {
  let held = target;
  const parts = partsOf(path);
  parts.forEach(({ name, pick }, index) => {
    const isLast = index === parts.length - 1;
    if (pick === null) {
      if (isLast) held[name] = value;
      else held = held[name] = (held[name] as JsonObject | undefined) ?? {};
      return;
    }
    const list = (held[name] = (held[name] as JsonValue[] | undefined) ?? []);
    const [key = '', wanted] = pick.split('=');
    let element = elementOf(list, pick) as JsonObject | undefined;
    if (element === undefined) list.push((element = wanted === undefined ? {} : { [key]: wanted }));
    held = element;
  });
}
