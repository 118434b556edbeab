import type { Place } from '../findings.ts';

export interface XmlElement {
  readonly name: string;
  /** A map, so that no attribute name reaches a prototype. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, children left out. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export function attribute(element: XmlElement, name: string): string {
  return element.attributes.get(name) ?? '';
}

export function childrenNamed(element: XmlElement | null, name: string): readonly XmlElement[] {
  return element === null ? [] : element.children.filter((child) => child.name === name);
}

export function childNamed(element: XmlElement | null, name: string): XmlElement | null {
  return childrenNamed(element, name)[0] ?? null;
}

export function placeOf(element: XmlElement, path: string): Place {
  return { line: element.line, column: element.column, path };
}
