import {
  CborMap,
  CborTag,
  CborValue,
  createCoseSign1,
  encodeCbor,
} from 'sandbox';
import { sign, SIGNER, verdict } from '../../__testUtils__/signing';
import { parseEnvelope } from './parseEnvelope';

const malformed = expect.objectContaining({ reason: 'malformedEnvelope' });

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests break it in every way
type LooseEnvelope = any;

describe('a JWS', () => {
  const changed = (change: (envelope: LooseEnvelope) => void): Buffer => {
    const envelope = JSON.parse(sign().toString());
    change(envelope);
    return Buffer.from(JSON.stringify(envelope));
  };
  const withProtected = (headers: unknown) =>
    changed(envelope => {
      const text =
        typeof headers === 'string' ? headers : JSON.stringify(headers);
      envelope.protected = Buffer.from(text).toString('base64url');
    });

  it.each<[string, Buffer]>([
    ['is no JSON', Buffer.from('{')],
    [
      'has a key twice',
      Buffer.from(sign().toString().replace('{', '{"payload":"",')),
    ],
    ['is a list', Buffer.from('[]')],
    [
      'has something beside what it is made of',
      changed(each => {
        each.signatures = [];
      }),
    ],
    [
      'has no headers',
      changed(each => {
        delete each.header;
      }),
    ],
    [
      'has a payload with padding',
      changed(each => {
        each.payload += '=';
      }),
    ],
    [
      'has a payload in the other alphabet',
      changed(each => {
        each.payload = '+/+/';
      }),
    ],
    [
      'has a payload with bits that nobody reads',
      changed(each => {
        each.payload = 'eyJ9eyJ9eyJ9eyJ9eyJ9Zh';
      }),
    ],
    [
      'has no payload',
      changed(each => {
        each.payload = '';
      }),
    ],
    [
      'has a signature that is no base64url',
      changed(each => {
        each.signature = 'x y';
      }),
    ],
    [
      'has a certificate that is no base64',
      changed(each => {
        each.header.x5c = ['-_-_'];
      }),
    ],
    [
      'has a timestamp that is no base64',
      changed(each => {
        each.header['io.cncf.notary.timestampSignature'] = '?';
      }),
    ],
    ['has protected headers that are no JSON', withProtected('{')],
    [
      'has protected headers with a key twice',
      withProtected('{"alg":"ES256","alg":"ES256"}'),
    ],
    ['has protected headers that are a list', withProtected([])],
    ['has no protected headers', withProtected(null)],
    [
      'says how its payload is written',
      withProtected({ b64: false, crit: ['b64'] }),
    ],
  ])('is malformed when it %s', (_condition, bytes) => {
    expect(() => parseEnvelope(bytes, 'jws')).toThrow(malformed as never);
  });

  it.each([
    ['2026-11-25T11:30:00+01:00', '2026-11-25T10:30:00.000Z'],
    ['2026-11-25T11:30:00.5Z', '2026-11-25T11:30:00.500Z'],
  ])('may write its time as %s', (text, instant) => {
    const bytes = sign({
      changeProtected: headers => ({
        ...headers,
        'io.cncf.notary.signingTime': text,
      }),
    });
    const { signingTime } = parseEnvelope(bytes, 'jws').attributes;
    expect(signingTime.toISOString()).toBe(instant);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-25T24:00:00Z',
    '2026-11-25',
    1764070200,
    null,
  ])('is malformed when it was signed at %s', time => {
    const bytes = sign({
      changeProtected: headers => ({
        ...headers,
        'io.cncf.notary.signingTime': time,
      }),
    });
    expect(() => parseEnvelope(bytes, 'jws')).toThrow(malformed as never);
  });
});

describe('a COSE_Sign1', () => {
  const PREFIX = 'io.cncf.notary.';
  const protectedHeaders: [CborValue, CborValue][] = [
    [1, -7],
    [2, [`${PREFIX}signingScheme`]],
    [3, 'application/vnd.cncf.notary.payload.v1+json'],
    [`${PREFIX}signingScheme`, 'notary.x509'],
    [`${PREFIX}signingTime`, new CborTag(1, 1764070200)],
  ];
  const chain: [CborValue, CborValue] = [33, SIGNER.map(({ der }) => der)];
  const withHeaders = (headers: {
    protectedHeaders?: [CborValue, CborValue][];
    unprotectedHeaders?: [CborValue, CborValue][];
    payload?: Buffer;
  }) =>
    createCoseSign1({
      signer: SIGNER[0],
      protectedHeaders: headers.protectedHeaders ?? protectedHeaders,
      unprotectedHeaders: () => headers.unprotectedHeaders ?? [chain],
      payload: headers.payload ?? Buffer.from('{}'),
    });
  const made = (...parts: CborValue[]) => encodeCbor(new CborTag(18, parts));
  const map = new CborMap([]);
  const none = Buffer.alloc(0);

  it('is read', () => {
    expect(parseEnvelope(withHeaders({}), 'cose').chain).toHaveLength(2);
  });

  it.each([10, 200, 70_000])('covers a payload of %d bytes', size => {
    const payload = Buffer.alloc(size, ' ');
    const bytes = withHeaders({ payload });
    // The signature holds over what is put together here; only then is the payload looked at.
    expect(parseEnvelope(bytes, 'cose').payload).toEqual(payload);
    expect(verdict({ bytes, format: 'cose' })).toEqual([
      'invalid',
      'malformedPayload',
    ]);
  });

  it('may have labels that nobody knows', () => {
    const bytes = withHeaders({
      protectedHeaders: [...protectedHeaders, [258, -16]],
      unprotectedHeaders: [chain, [4, Buffer.from('key')]],
    });
    expect(parseEnvelope(bytes, 'cose').attributes.algorithm).toBe('ES256');
  });

  it('is refused when a number that nobody knows is critical', () => {
    const [algorithm, , ...others] = protectedHeaders;
    const bytes = withHeaders({
      protectedHeaders: [
        algorithm,
        [2, [`${PREFIX}signingScheme`, 258]],
        ...others,
        [258, -16],
      ],
    });
    expect(() => parseEnvelope(bytes, 'cose')).toThrow(
      expect.objectContaining({
        reason: 'unsupportedCriticalAttribute',
      }) as never,
    );
  });

  it.each<[string, Buffer]>([
    ['is no CBOR', Buffer.from([0xff])],
    ['is empty', none],
    ['is not tagged', encodeCbor([none, map, none, none])],
    ['has another tag', encodeCbor(new CborTag(98, [none, map, none, none]))],
    ['has three parts', made(none, map, none)],
    ['has no bytes for protected headers', made(map, map, none, none)],
    ['has a payload elsewhere', made(encodeCbor(map), map, map, none)],
    ['has a text as signature', made(encodeCbor(map), map, none, 'x')],
    ['has no map of headers', made(encodeCbor(map), [], none, none)],
    ['has no map of protected headers', made(encodeCbor([]), map, none, none)],
    [
      'has something after its end',
      Buffer.concat([withHeaders({}), Buffer.from([0])]),
    ],
    ['is of unknown length', Buffer.from('d29f4040a04040ff', 'hex')],
    [
      'has a label twice',
      withHeaders({ protectedHeaders: [...protectedHeaders, [3, 'x']] }),
    ],
    [
      'has a label that is both protected and not',
      withHeaders({ unprotectedHeaders: [chain, [1, -7]] }),
    ],
    [
      'has a registered name as text',
      withHeaders({ protectedHeaders: [...protectedHeaders, ['alg', 'x']] }),
    ],
    [
      'has bytes as a label',
      withHeaders({ protectedHeaders: [...protectedHeaders, [none, 'x']] }),
    ],
    [
      'has one certificate without a list',
      withHeaders({ unprotectedHeaders: [[33, SIGNER[0].der]] }),
    ],
    [
      'has a text as certificate',
      withHeaders({ unprotectedHeaders: [[33, ['x']]] }),
    ],
    [
      'has a text as timestamp',
      withHeaders({
        unprotectedHeaders: [chain, [`${PREFIX}timestampSignature`, 'x']],
      }),
    ],
    [
      'has a time without a tag',
      withHeaders({
        protectedHeaders: [
          ...protectedHeaders.slice(0, 4),
          [`${PREFIX}signingTime`, 1764070200],
        ],
      }),
    ],
    [
      'has a text as time',
      withHeaders({
        protectedHeaders: [
          ...protectedHeaders.slice(0, 4),
          [`${PREFIX}signingTime`, new CborTag(1, '2026')],
        ],
      }),
    ],
    [
      'has a text in place of the list of critical headers',
      withHeaders({
        protectedHeaders: [
          protectedHeaders[0],
          [2, 'x'],
          ...protectedHeaders.slice(2),
        ],
      }),
    ],
  ])('is malformed when it %s', (_condition, bytes) => {
    expect(() => parseEnvelope(bytes, 'cose')).toThrow(malformed as never);
  });
});
