import { canonicalJson, describeFile, signFile } from 'sandbox';
import { driveCollection, reasonOf } from '../__testUtils__/driveCollection';
import { digestOf, GUN, MintedTrust, NOW } from '../__testUtils__/MintedTrust';
import { SMALL_FILE_MAX_BYTES, TARGETS_MAX_BYTES } from '../verify/limits';

const TIME_MAX_MS = 2000;

/** Time of the processor: what else runs on the machine is not what is measured. */
function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

const fill = (text: string, bytes: number) =>
  text.repeat(Math.floor(bytes / text.length));

/** The least of three: what else the process does, as to collect the garbage of the set-up, only adds to it. */
function leastMilliseconds(run: () => void): number {
  return Math.min(
    ...Array.from({ length: 3 }, () => {
      const started = process.cpuUsage();
      run();
      return milliseconds(started);
    }),
  );
}

/** Documents that are as large as allowed and as laborious as possible. */
function hostile(maxBytes: number): [string, string][] {
  const room = maxBytes - 200;
  const signed = (content: string) => `{"signed":${content},"signatures":[]}`;
  return [
    ['lists in a list', signed(`{"x":[${fill('[],', room)}[]]}`)],
    ['objects in a list', signed(`{"x":[${fill('{"a":1},', room)}1]}`)],
    ['numbers', signed(`{"x":[${fill('1,', room)}1]}`)],
    [
      'many members',
      signed(
        `{${Array.from(
          { length: room / 12 },
          (_, index) => `"${index}":1`,
        ).join()}}`,
      ),
    ],
    [
      'many keys',
      signed(
        `{"_type":"Root","keys":{${Array.from(
          { length: room / 12 },
          (_, index) => `"${index}":1`,
        ).join()}}}`,
      ),
    ],
    [
      'many tags',
      signed(
        `{"_type":"Targets","targets":{${Array.from(
          { length: room / 13 },
          (_, index) => `"${index}":{}`,
        ).join()}}}`,
      ),
    ],
    ['many signatures', `{"signed":{},"signatures":[${fill('1,', room)}1]}`],
    ['deep nesting', fill('[', room)],
    [
      'as many elements as are read',
      signed(`{"x":[${fill('1,', 640_000 - 40)}1]}`),
    ],
    [
      'as many lists as are read',
      signed(`{"x":[${fill('[],', 480_000 - 60)}1]}`),
    ],
    ['backslashes', signed(`{"x":"${fill('\\\\', room)}"}`)],
    ['one long number', signed(`{"x":${fill('9', room)}}`)],
  ];
}

describe('a document that is as laborious as the limits allow', () => {
  it.each([
    ...hostile(SMALL_FILE_MAX_BYTES).map(each => ['root', ...each]),
    ...hostile(SMALL_FILE_MAX_BYTES).map(each => ['timestamp', ...each]),
    ...hostile(TARGETS_MAX_BYTES).map(each => ['targets', ...each]),
  ])('is answered in time, as %s: %s', (role, _condition, text) => {
    const bytes = Buffer.from(text);
    const trust = new MintedTrust().publish({
      alter: {
        snapshot: signed => {
          signed.meta.targets = describeFile(bytes);
        },
      },
    });
    const started = process.cpuUsage();
    const result = trust.verify({}, name =>
      name === role ? bytes : trust.collection.file(name),
    );
    expect(milliseconds(started)).toBeLessThan(TIME_MAX_MS);
    expect(reasonOf(result)).toBe('trustDataMalformed');
  });

  it('is accepted in time when it is honest: forty thousand tags', () => {
    const trust = new MintedTrust();
    for (let index = 0; index < 38_000; index += 1) {
      trust.collection.signTag(`1.0.${index}`, digestOf(String(index)));
    }
    trust.publish();
    expect(
      leastMilliseconds(() => {
        expect(reasonOf(trust.verify())).toBe('accepted');
      }),
    ).toBeLessThan(TIME_MAX_MS);
  });

  it('is answered in time when every signature has to be checked', () => {
    const trust = new MintedTrust().publish();
    const { signed } = JSON.parse(trust.collection.file('root')!.toString());
    const key = trust.collection.keys.root;
    const wrong = { ...key.sign(Buffer.from('x')), keyid: key.id };
    const file = JSON.stringify({ signed, signatures: Array(64).fill(wrong) });
    const started = process.cpuUsage();
    const result = driveCollection(
      { gun: GUN, trust: { type: 'firstUse', mayBegin: true }, now: NOW },
      () => Buffer.from(file),
    );
    expect(milliseconds(started)).toBeLessThan(TIME_MAX_MS);
    expect(reasonOf(result)).toBe('trustDataSignatureInvalid');
  });
});

it('signs the same bytes as the library that verifies reads', () => {
  const value = { b: [1, null, true, 'ü"\\\n'], a: {} };
  expect(canonicalJson(value)).toBe('{"a":{},"b":[1,null,true,"ü\\"\\\\\n"]}');
  expect(signFile(value, [])).toBeDefined();
});
