import { readXml, type XmlElement, XmlFault, type XmlFaultCode } from '#core/kit/xml.ts';
import { ImportRefusal, type RefusalCode } from '../findings.ts';
import { decodeXml, mostBytes } from './decode.ts';

const codes: Readonly<Record<XmlFaultCode, RefusalCode>> = {
  tooLong: 'file.tooLarge',
  tooDeep: 'xml.tooDeep',
  tooMany: 'xml.tooMany',
  doctype: 'xml.doctype',
  entity: 'xml.entity',
  control: 'xml.control',
  empty: 'file.empty',
  syntax: 'xml.syntax',
};

/** The outermost element of a template file. Throws `ImportRefusal`. */
export function readTemplateXml(bytes: Uint8Array): XmlElement {
  const text = decodeXml(bytes);
  try {
    return readXml(text, { maxCharacters: mostBytes });
  } catch (thrown) {
    if (!(thrown instanceof XmlFault)) throw thrown;
    throw new ImportRefusal(codes[thrown.code], `The file cannot be read as XML: ${thrown.message}.`, thrown);
  }
}
