import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PostalAddress, readAddress, writeAddress } from './postal-address.ts';

const nowhere: PostalAddress = { street: null, city: null, region: null, postalCode: null, country: null };

const known: [string, Partial<PostalAddress>][] = [
  ['Toronto, ON M5V 2T6', { city: 'Toronto', region: 'ON', postalCode: 'M5V 2T6' }],
  ['1 George St\nSydney NSW 2000', { street: '1 George St', city: 'Sydney', region: 'NSW', postalCode: '2000' }],
  ['Damrak 1\n1012 LG Amsterdam', { street: 'Damrak 1', city: 'Amsterdam', postalCode: '1012 LG' }],
  ['D-80331 München\nDeutschland', { city: 'München', postalCode: '80331', country: 'Deutschland' }],
  ['1 High St\nOxford OX1 4AA', { street: '1 High St', city: 'Oxford', postalCode: 'OX1 4AA' }],
  ['上海市浦东新区世纪大道100号', { city: '上海市', street: '浦东新区世纪大道100号' }],
  ['新疆维吾尔自治区乌鲁木齐市天山区1号', { region: '新疆维吾尔自治区', city: '乌鲁木齐市', street: '天山区1号' }],
  [
    '대한민국 경기도 수원시 영통구 삼성로 129 16677',
    { country: '대한민국', region: '경기도', city: '수원시', street: '영통구 삼성로 129', postalCode: '16677' },
  ],
  ['台北市信義區市府路1號', { city: '台北市', street: '信義區市府路1號' }],
];
test.each(known)('%s', (text, parts) => {
  expect(readAddress(text.split('\n'), 'auto')).toEqual({ ...nowhere, ...parts });
});

test.each(['', 'hello', 'one\ntwo\nthree', '10117 Berlin\na\nb', 'x'.repeat(2000)])('%j is no address', (text) => {
  expect(readAddress(text.split('\n'), 'auto')).toBeNull();
});

const word = fc.stringMatching(/^[A-Z][a-z]{3,8}$/);
const street = fc.tuple(word, fc.integer({ min: 1, max: 200 })).map(([name, number]) => `${name} Street ${number}`);
const digits = (count: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[1-9][0-9]{${count - 1}}$`));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);

const domains = {
  us: fc.record({
    street: maybe(street),
    city: word,
    region: fc.constantFrom('CA', 'NY', 'ON', 'NSW'),
    postalCode: digits(5),
    country: maybe(word),
  }),
  european: fc.record({
    street: maybe(street),
    city: word,
    region: fc.constant(null),
    postalCode: digits(5),
    country: maybe(word),
  }),
  uk: fc.record({
    street: maybe(street),
    city: word,
    region: fc.constant(null),
    postalCode: fc.constantFrom('SW1A 1AA', 'M1 1AE', 'CR2 6XH'),
    country: maybe(word),
  }),
  cjk: fc.record({
    street: fc.constantFrom('南山区科技园路1号', '朝阳街88号', '中山路1号2楼'),
    city: fc.constantFrom('深圳市', '杭州市', '大理州'),
    region: fc.constantFrom('广东省', '浙江省', '西藏自治区'),
    postalCode: maybe(digits(6)),
    country: maybe(fc.constant('中国')),
  }),
} as const;

test.each(['us', 'european', 'uk', 'cjk'] as const)('an address written in the %s order is read as it was', (order) => {
  const domain: fc.Arbitrary<PostalAddress> = domains[order];
  fc.assert(
    fc.property(domain, (address) => {
      expect(readAddress(writeAddress(address, order), order)).toEqual(address);
      expect(readAddress(writeAddress(address, 'auto'), 'auto')).toEqual(address);
    }),
  );
});
