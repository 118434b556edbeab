import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importPreview } from '#core/contract/api/directory.ts';
import { proposeMapping, readColumns, sniffDelimiter } from './import-columns.ts';
import { previewImport, readHead } from './import-preview.ts';
import { csvRecords } from './import-records.ts';
import { layoutOf, readRow } from './import-row.ts';
import { cleaned, decodeImport } from './import-text.ts';

const us = { defaultRegion: 'US' };
const utf8 = (text: string) => ({ text: cleaned(text), charset: 'utf-8' as const });
const preview = (text: string, mapping?: Record<string, string>) => previewImport(utf8(text), us, mapping);

/** UTF-16 with the given byte order, no mark. */
function utf16(text: string, isLittle: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return isLittle ? bytes : bytes.swap16();
}

describe('encodings', () => {
  const german = 'Name,Firma\nJürgen Groß,Müller & Söhne\n';
  // "姓名,电话\n王伟,010-65529988\n" in GBK, written out because Node only reads it.
  const gbk = Buffer.from([
    0xd0,
    0xd5,
    0xc3,
    0xfb,
    0x2c,
    0xb5,
    0xe7,
    0xbb,
    0xb0,
    0x0a,
    0xcd,
    0xf5,
    0xce,
    0xb0,
    0x2c,
    ...Buffer.from('010-65529988\n'),
  ]);

  it.each([
    ['utf-8', Buffer.from(german)],
    ['utf-8', Buffer.from(`\ufeff${german}`)],
    ['utf-16le', utf16(german, true)],
    ['utf-16le', utf16(`\ufeff${german}`, true)],
    ['utf-16be', utf16(german, false)],
    ['utf-16be', utf16(`\ufeff${german}`, false)],
    ['windows-1252', Buffer.from(german, 'latin1')],
  ])('reads %s', (charset, bytes) => {
    expect(decodeImport(bytes)).toEqual({ text: german, charset });
  });

  it('reads GBK', async () => {
    const source = decodeImport(gbk);
    expect(source).toEqual({ text: '姓名,电话\n王伟,010-65529988\n', charset: 'gb18030' });
    const { rows, mapping } = previewImport(source, { defaultRegion: 'CN' });
    expect(mapping).toEqual({ 姓名: 'displayName', 电话: 'phone' });
    expect(rows[0]?.contact).toMatchObject({
      displayName: '王伟',
      phones: [{ number: '010-65529988', label: 'work' }],
    });
  });

  it.each([
    [[0x50, 0x4b, 3, 4], /xlsx/],
    [[0xd0, 0xcf, 0x11, 0xe0], /xls/],
    [[0x25, 0x50, 0x44, 0x46], /PDF/],
  ])('names what is no CSV', (head, message) => {
    expect(() => decodeImport(Buffer.from(head))).toThrow(message);
  });

  it('never throws on other bytes but with a sentence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { text } = decodeImport(bytes);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toContain('\u0000');
      }),
    );
  });
});

describe('columns', () => {
  it.each([
    ['a,b,c\n1,2,3\n', ','],
    ['a;b;c\n1,5;2;3\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b|c\n', '|'],
    ['"a;b;c;d",b\n"x;y;z;w",2\n', ','],
    ['one column\nonly\n', ','],
    ['', ','],
  ])('%j is split by %j', (text, delimiter) => {
    expect(sniffDelimiter(text)).toBe(delimiter);
  });

  it.each([
    [
      ['First Name', 'Last-Name', 'E-mail', 'Mobile Phone', 'Company'],
      ['firstName', 'lastName', 'email', 'mobile', 'accountName'],
    ],
    [
      ['Vorname', 'Nachname', 'Telefon', 'Handy', 'Firma', 'Funktion'],
      ['firstName', 'lastName', 'phone', 'mobile', 'accountName', 'jobTitle'],
    ],
    [
      ['Prénom', 'Nom', 'Téléphone', 'Société'],
      ['firstName', 'lastName', 'phone', 'accountName'],
    ],
    [
      ['姓名', '手机号码', '办公电话', '公司名称', '邮箱', '职位'],
      ['displayName', 'mobile', 'phone', 'accountName', 'email', 'jobTitle'],
    ],
    [
      ['Email 1', 'Email 2', 'Phone 1', 'Phone 2'],
      ['email', 'email', 'phone', 'otherPhone'],
    ],
    [
      ['colour', 'Name', 'Full name'],
      [undefined, 'displayName', undefined],
    ],
  ])('%j are recognised', (columns, fields) => {
    const mapping = proposeMapping(columns);
    expect(columns.map((column) => mapping[column])).toEqual(fields);
  });

  it('names columns that have no name, or the same', () => {
    expect(readColumns(['Phone', '', 'Phone']).columns).toEqual(['Phone', 'Column 2', 'Phone (2)']);
    expect(readColumns(['Ann', '415 555 0123'])).toEqual({ columns: ['Column 1', 'Column 2'], hasHeader: false });
  });

  it('refuses ten thousand columns and fields that do not exist', async () => {
    expect(() => preview(Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(','))).toThrow(/10000 columns/);
    expect(() => layoutOf(['a'], { a: 'ssn' })).toThrow(/no contact field/);
    expect(() => layoutOf(['a'], { b: 'email' })).toThrow(/no column "b"/);
    expect(() => layoutOf(['a'], { ['__proto__']: 'email' })).toThrow(/no column/);
    expect(layoutOf(['constructor'], {})).toEqual([null]);
  });
});

describe('rows', () => {
  const read = (header: string, line: string) => {
    const columns = header.split(',');
    return readRow(2, line.split(','), layoutOf(columns, proposeMapping(columns)), us);
  };

  it('say what could not be used', () => {
    const row = read(
      'Name,Email,Phone,Mobile,Status,URL',
      'Ann,ann@x,call reception,415 555 0123,maybe,javascript:1,extra',
    );
    expect(row.patch).toEqual({
      displayName: 'Ann',
      emails: ['ann@x'],
      phones: [{ number: '415 555 0123', label: 'mobile' }],
    });
    expect(row.problems).toHaveLength(4);
    expect(row.isRejected).toBe(false);
  });

  it('leave formulas out and unwrap what spreadsheets wrap', () => {
    const row = read(
      'Name,Company,Phone,Mobile',
      '=HYPERLINK("http://evil"),@SUM(1),="0044 20 7946 0000",\'+14155550123',
    );
    expect(row.patch).toEqual({
      phones: [
        { number: '0044 20 7946 0000', label: 'work' },
        { number: '+14155550123', label: 'mobile' },
      ],
    });
    expect(row.problems).toHaveLength(2);
  });

  it('are left out without a name, number or address', () => {
    expect(read('Name,Company,Phone', ',Acme,').isRejected).toBe(true);
    expect(read('Name,Phone', '').isRejected).toBe(true);
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 8 }), (cells) => {
        const columns = ['Name', 'Email', 'Phone', 'Status', 'URL', 'ID'];
        readRow(2, cells, layoutOf(columns, proposeMapping(columns)), us);
      }),
    );
  });
});

describe('preview', () => {
  it('answers what the contract promises', () => {
    const csv = 'sep=;\r\nName;Phone;Note\r\n"Ann ""the boss"" Abbott";"415 555 0123";"two\r\nlines"\r\n';
    const answer = preview(csv);
    importPreview.response.parse(answer);
    expect(answer).toMatchObject({ delimiter: ';', columns: ['Name', 'Phone', 'Note'], problems: [] });
    expect(answer.rows).toHaveLength(1);
    expect(answer.rows[0]?.contact.displayName).toBe('Ann "the boss" Abbott');
  });

  it('reads a file without column names once somebody maps them', async () => {
    const first = preview('Ann,415 555 0123\nBob,415 555 0124\n');
    expect(first.problems).toHaveLength(2);
    const mapped = preview('Ann,415 555 0123\nBob,415 555 0124\n', {
      'Column 1': 'displayName',
      'Column 2': 'phone',
    });
    expect(mapped.rows.map(({ contact }) => contact.displayName)).toEqual(['Ann', 'Bob']);
  });

  it('shows at most twenty rows of a long file, whose head may end inside a quoted cell', async () => {
    const long = `Name,Phone\n${Array.from({ length: 5 }, (_, at) => `N${at},415555010${at}`).join('\n')}\n`;
    const quoted = `${long}"${'x\n'.repeat(200_000)}",1\n`;
    expect(preview(quoted).rows.length).toBeGreaterThanOrEqual(5);
    const many = `Name,Phone\n${'Ann,4155550123\n'.repeat(50_000)}`;
    expect(preview(many).rows).toHaveLength(20);
  });

  it('says so when the file is empty', async () => {
    expect(preview('').problems).toContain('The file is empty.');
    expect(preview('\n\n').rows).toEqual([]);
  });
});

describe('records', () => {
  async function collect(pieces: string[]) {
    const records = [];
    for await (const { cells } of csvRecords(pieces, ',')) records.push(cells);
    return records;
  }

  it('are the same however the text is cut', async () => {
    const text = 'a,"b\n""x""",c\r\n1,,3\r\n"","é😀",z\n';
    const whole = await collect([text]);
    expect(whole).toHaveLength(3);
    for (let at = 1; at < text.length; at += 1) {
      if (/[\ud800-\udbff]/.test(text[at - 1] ?? '')) continue;

      expect(await collect([text.slice(0, at), text.slice(at)])).toEqual(whole);
    }
  });

  it('name the line where a quotation mark was lost', async () => {
    await expect(collect(['a,b\n', '1,"2\n', '3,4\n'])).rejects.toMatchObject({ code: 'input.invalid' });
    const endless = Array.from({ length: 400 }, () => 'x'.repeat(1000));
    await expect(collect(['a,b\n1,"', ...endless])).rejects.toThrow(/quotation mark/);
  });
});

it('reads a head whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab",;\n\t|=0@é'.split('')), maxLength: 80 }), (text) => {
      expect(readHead(text).columns.length).toBeLessThan(200);
    }),
  );
});
