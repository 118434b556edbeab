import { ImportRefusal } from '../findings.ts';
import type { Imported } from '../imported.ts';
import type { XmlElement } from '../xml/element.ts';

export function importYeastar(root: XmlElement): Imported {
  throw new ImportRefusal('template.unknown', 'Yeastar templates are not read yet.', root);
}
