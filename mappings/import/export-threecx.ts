/**
 * A 3CX CRM template that points at this hub: 3CX asks it who calls, searches it, and makes contacts in it. Calls are
 * not journaled through it: 3CX gives a call no id, so the hub could not tell a repeated report from a second call.
 */

export interface ThreeCxExport {
  /** The address 3CX reaches the hub by; left to the administrator of 3CX when it is not known. */
  readonly hubUrl?: string | undefined;
  readonly name?: string | undefined;
  /** Required by the format, not used by 3CX. */
  readonly country?: string | undefined;
}

interface Field {
  readonly variable: string;
  readonly path: string;
  readonly output: string;
}

const fields: readonly Field[] = [
  { variable: 'HubId', path: 'contacts.id', output: 'EntityId' },
  { variable: 'HubFirstName', path: 'contacts.firstName', output: 'FirstName' },
  { variable: 'HubLastName', path: 'contacts.lastName', output: 'LastName' },
  { variable: 'HubCompany', path: 'contacts.company', output: 'CompanyName' },
  { variable: 'HubEmail', path: 'contacts.email', output: 'Email' },
  { variable: 'HubWork', path: 'contacts.phoneWork', output: 'PhoneBusiness' },
  { variable: 'HubWork2', path: 'contacts.phoneWork2', output: 'PhoneBusiness2' },
  { variable: 'HubMobile', path: 'contacts.phoneMobile', output: 'PhoneMobile' },
  { variable: 'HubHome', path: 'contacts.phoneHome', output: 'PhoneHome' },
  { variable: 'HubOther', path: 'contacts.phoneOther', output: 'PhoneOther' },
  { variable: 'HubFax', path: 'contacts.fax', output: 'FaxBusiness' },
];

/** A contact whose numbers are spelled otherwise is not taken for the caller, so the look-up by number gives back what was asked. */
const fieldsOfCaller: readonly Field[] = fields.map((field) =>
  field.output === 'PhoneOther' ? { variable: 'Number', path: '', output: field.output } : field,
);

export function exportThreeCx({ hubUrl = '', name = 'Tieline', country = 'Global' }: ThreeCxExport = {}): string {
  const head = attributes({ Name: name, Version: '1', Country: country, SupportsEmojis: 'true' });
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<!-- Upload it under Integrations, CRM. The key is made in the hub: role agent to look up, integrator to create. -->',
    `<Crm ${head}>`,
    // 3CX sends a number as 00…, for a + in an address would arrive as a blank.
    '  <Number Prefix="Zeros" MaxLength="" />',
    '  <Connection MaxConcurrentRequests="8" />',
    '  <Parameters>',
    parameter({
      Name: 'HubUrl',
      Type: 'String',
      Title: 'Address of the hub, without / at the end:',
      Default: hubUrl.replace(/\/+$/u, ''),
    }),
    parameter({ Name: 'ApiKey', Type: 'Password', Title: 'API key of the hub:' }),
    parameter({ Name: 'CreateContactEnabled', Type: 'Boolean', Title: 'Make contacts in the hub', Default: 'False' }),
    '  </Parameters>',
    '  <Authentication Type="No" />',
    '  <Scenarios>',
    lookUp('', 'number=[Number]', fieldsOfCaller),
    lookUp('LookupByEmail', 'email=[Email]', fields),
    lookUp('SearchContacts', 'search=[SearchText]', fields),
    creation(),
    '  </Scenarios>',
    '</Crm>',
  ].join('\n')}\n`;
}

function lookUp(id: string, query: string, outputs: readonly Field[]): string {
  const request = attributes({
    SkipIf: '',
    Url: `[HubUrl]/api/directory/contacts?${query}`,
    MessagePasses: '0',
    RequestEncoding: 'UrlEncoded',
    RequestType: 'Get',
    ResponseType: 'Json',
  });
  return scenario(id, [`      <Request ${request}>`, ...headers(), '      </Request>'], outputs);
}

function creation(): string {
  const request = attributes({
    SkipIf: '[CreateContactEnabled]!=True',
    Url: '[HubUrl]/api/directory/contacts',
    MessagePasses: '0',
    RequestEncoding: 'Json',
    RequestType: 'Post',
    ResponseType: 'Json',
  });
  const sent = [
    ['firstName', '[FirstName]'],
    ['lastName', '[LastName]'],
    ['company', '[Company]'],
    ['email', '[Email]'],
    ['number', '[Number]'],
  ].map(([key = '', value = '']) => `          ${valueOf(key, value)}`);
  const body = ['        <PostValues>', ...sent, '        </PostValues>'];
  const lines = [`      <Request ${request}>`, ...headers(), ...body, '      </Request>'];
  return scenario('CreateContactRecordFromClient', lines, fields);
}

function scenario(id: string, request: readonly string[], outputs: readonly Field[]): string {
  const read = outputs.filter(({ path }) => path !== '');
  return [
    `    <Scenario ${attributes({ Id: id, Type: 'REST' })}>`,
    ...request,
    '      <Rules>',
    '        <Rule Type="Any" Ethalon="">contacts.id</Rule>',
    '      </Rules>',
    '      <Variables>',
    ...read.map(
      ({ variable, path }) => `        <Variable ${attributes({ Name: variable, Path: path })}><Filter /></Variable>`,
    ),
    '      </Variables>',
    '      <Outputs AllowEmpty="false">',
    ...outputs.map(({ output, variable }) => outputOf(output, `[${variable}]`)),
    outputOf('EntityType', 'Contact'),
    outputOf('ContactUrl', '[HubUrl]/directory?contact=[HubId]'),
    '      </Outputs>',
    '    </Scenario>',
  ].join('\n');
}

function headers(): string[] {
  return ['        <Headers>', `          ${valueOf('Authorization', 'Bearer [ApiKey]')}`, '        </Headers>'];
}

function valueOf(key: string, text: string): string {
  return `<Value ${attributes({ Key: key, Passes: '1', Type: 'String' })}>${escaped(text)}</Value>`;
}

function outputOf(type: string, value: string): string {
  return `        <Output ${attributes({ Type: type, Passes: '0', Value: value })} />`;
}

function parameter(about: { Name: string; Type: string; Title: string; Default?: string }): string {
  const { Name, Type, Title, Default = '' } = about;
  return `    <Parameter ${attributes({ Name, Type, Parent: 'General Configuration', Editor: 'String', Title, Default })} />`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(' ');
}

function escaped(text: string): string {
  return text.toWellFormed().replace(/[&<>"\n\r\t]/gu, (mark) => `&#${mark.charCodeAt(0)};`);
}
