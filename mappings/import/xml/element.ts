import type { XmlElement } from '#core/kit/xml.ts';
import type { Place } from '../findings.ts';

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
