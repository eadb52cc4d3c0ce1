import { includesName, parseDistinguishedName } from './distinguishedName';

function read(text: string): Record<string, string> | string {
  const name = parseDistinguishedName(text);
  return name.ok ? Object.fromEntries(name.value) : name.message;
}

const SHORT = { C: 'US', ST: 'WA', O: 'Acme' };

describe('parseDistinguishedName', () => {
  it.each<[string, string, Record<string, string>]>([
    ['is as short as can be', 'C=US,ST=WA,O=Acme', SHORT],
    ['has spaces around its parts', ' C = US , ST = WA , O = Acme ', SHORT],
    ['says S for the state', 'C=US, S=WA, O=Acme', SHORT],
    [
      'has a comma in a value',
      'C=US, ST=WA, O=Acme\\, Inc.',
      { ...SHORT, O: 'Acme, Inc.' },
    ],
    [
      'has every escape',
      'C=US, ST=WA, O=\\#a\\;b\\\\c\\"d\\+e\\<f\\>g\\=h\\ ',
      { ...SHORT, O: '#a;b\\c"d+e<f>g=h ' },
    ],
    [
      'has an equals sign in a value',
      'C=US, ST=WA, O=a=b',
      { ...SHORT, O: 'a=b' },
    ],
    [
      'is not in English',
      'C=DE, ST=Köln, O=Bäcker',
      { C: 'DE', ST: 'Köln', O: 'Bäcker' },
    ],
    [
      'has every attribute',
      'C=US, ST=WA, L=Seattle, O=Acme, OU=Ops, CN=release, SERIALNUMBER=1, STREET=A, POSTALCODE=2',
      {
        ...SHORT,
        L: 'Seattle',
        OU: 'Ops',
        CN: 'release',
        SERIALNUMBER: '1',
        STREET: 'A',
        POSTALCODE: '2',
      },
    ],
  ])('reads a name that %s', (_condition, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['lacks the country', 'ST=WA, O=Acme', 'expected "C"'],
    ['lacks the state', 'C=US, O=Acme', 'expected "ST"'],
    ['lacks the organization', 'C=US, ST=WA', 'expected "O"'],
    ['is empty', '', 'expected "type=value"'],
    ['has an empty part', 'C=US,,ST=WA,O=Acme', 'expected "type=value"'],
    [
      'has a part without a type',
      'C=US, ST=WA, O=Acme, =x',
      'expected "type=value"',
    ],
    ['has an empty value', 'C=US, ST=WA, O=', 'expected a value'],
    [
      'has an attribute twice',
      'C=US, ST=WA, O=Acme, O=Other',
      'expected "O" once',
    ],
    [
      'has the state twice, by both names',
      'C=US, ST=WA, S=OR, O=Acme',
      'expected "ST" once',
    ],
    [
      'has an attribute that never matches',
      'C=US, ST=WA, O=Acme, E=a@b',
      'expected one of',
    ],
    ['has a type in lower case', 'c=US, ST=WA, O=Acme', 'expected one of'],
    [
      'has a part of several attributes',
      'C=US, ST=WA, O=Acme+CN=x',
      'expected "+" escaped',
    ],
    ['has a semicolon', 'C=US, ST=WA, O=Acme; CN=x', 'expected ";" escaped'],
    ['has quotation marks', 'C=US, ST=WA, O="Acme"', 'escaped as'],
    [
      'escapes a letter',
      'C=US, ST=WA, O=\\Acme',
      'expected the character itself',
    ],
    [
      'escapes a byte',
      'C=US, ST=WA, O=\\2CAcme',
      'expected the character itself',
    ],
    ['ends in an escape', 'C=US, ST=WA, O=Acme\\', 'expected a value'],
    ['case 81: has an encoded value', 'C=US, ST=WA, O=#0403', 'got "=#"'],
    [
      'case 81: has an encoded value somewhere',
      'C=US, ST=WA, O=a=#0403',
      'got "=#"',
    ],
  ])('refuses a name that %s', (_condition, text, message) => {
    expect(read(text)).toContain(message);
  });

  it('takes little time for a name of nothing but spaces', () => {
    const spaces = ' '.repeat(1000);
    const startedAt = performance.now();
    read(`C=US, ST=WA, O=${spaces}a${spaces}b`);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('includesName', () => {
  const name = (text: string) => {
    const parsed = parseDistinguishedName(text);
    return parsed.ok ? parsed.value : new Map<string, string>();
  };
  const whole = name('C=US, ST=WA, O=Acme, CN=release');

  it('holds for all of a name and for a part of it', () => {
    expect(includesName(whole, whole)).toBe(true);
    expect(includesName(whole, name('C=US, ST=WA, O=Acme'))).toBe(true);
  });

  it('does not hold when a value differs or is not there', () => {
    expect(includesName(whole, name('C=US, ST=WA, O=acme'))).toBe(false);
    expect(includesName(whole, name('C=US, ST=WA, O=Acme, OU=Ops'))).toBe(
      false,
    );
  });
});
