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
  refuseOthers(text);
  try {
    return readXml(text, { maxCharacters: mostBytes });
  } catch (thrown) {
    if (!(thrown instanceof XmlFault)) throw thrown;
    throw new ImportRefusal(codes[thrown.code], `The file cannot be read as XML: ${thrown.message}.`, thrown);
  }
}

/** What people take for a template most often; as XML their faults would say little. */
function refuseOthers(text: string): void {
  const begin = text.slice(0, 2000).replace(/^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?/u, '');
  if (/^<(?:!doctype\s+html|html)\b/iu.test(begin)) {
    const message = 'The file is a web page. Download the template itself: it begins with <Crm> or <Information>.';
    throw new ImportRefusal('template.unknown', message);
  }
  if (begin !== '' && !begin.startsWith('<')) {
    const message = 'The file is no XML: it does not begin with "<". A template begins with <Crm> or <Information>.';
    throw new ImportRefusal('template.unknown', message);
  }
}
