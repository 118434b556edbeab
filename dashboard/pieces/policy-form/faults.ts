/** What the hub said of fields, by the path of the field: `popRules.2.queue`. */
export type Faults = Readonly<Record<string, string>>;

const isWithin = (field: string, path: string) => field === path || field.startsWith(`${path}.`);

/** The first thing said of a field or of a part of it. */
export function faultAt(faults: Faults, path: string): string | undefined {
  return Object.entries(faults).find(([field]) => isWithin(field, path))?.[1];
}

/** A changed field takes what was said of its parts with it, and what was said of the whole it belongs to. */
export function withoutFaults(faults: Faults, path: string): Faults {
  return Object.fromEntries(
    Object.entries(faults).filter(([field]) => !isWithin(field, path) && !isWithin(path, field)),
  );
}
