import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { CandidatePayload } from './candidate';
import { readStatement } from './readStatement';
import { Refused } from './Refused';

const HEX = 'ab'.repeat(32);
const WANTED = parseDigest(`sha256:${HEX}`)!;
const SIGN = 'https://sigstore.dev/cosign/sign/v1';

function simple(change: (payload: Record<string, any>) => void = () => {}) {
  const payload = {
    critical: {
      identity: { 'docker-reference': 'registry.acme.example/shop/web' },
      image: { 'docker-manifest-digest': WANTED as string },
      type: 'cosign container image signature',
    },
    optional: null,
  };
  change(payload);
  return payload;
}

function statement(overrides: Record<string, unknown> = {}) {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: HEX } }],
    predicateType: SIGN,
    predicate: {},
    ...overrides,
  };
}

function read(type: 'simpleSigning' | 'envelope', document: unknown) {
  const bytes = Buffer.from(
    typeof document === 'string' ? document : JSON.stringify(document),
  );
  const payload: CandidatePayload =
    type === 'envelope'
      ? { type, payloadType: 'application/vnd.in-toto+json', bytes }
      : { type, bytes };
  return readStatement(payload, WANTED);
}

describe('readStatement', () => {
  describe('of a simple signing payload', () => {
    it('reads digest and reference', () => {
      expect(read('simpleSigning', simple())).toEqual({
        kind: 'signature',
        covers: WANTED,
        dockerReference: 'registry.acme.example/shop/web',
      });
    });

    it('covers nothing when the digest is in upper case', () => {
      const payload = simple(({ critical }) => {
        critical.image[
          'docker-manifest-digest'
        ] = `sha256:${HEX.toUpperCase()}`;
      });
      expect(read('simpleSigning', payload).covers).toBeUndefined();
    });

    it.each<[string, unknown]>([
      [
        'the type is another',
        simple(({ critical }) => {
          critical.type = 'atomic container signature';
        }),
      ],
      [
        'the type is missing',
        simple(({ critical }) => {
          delete critical.type;
        }),
      ],
      [
        'the digest’s key is in another case',
        simple(({ critical }) => {
          critical.image = { 'Docker-Manifest-Digest': WANTED };
        }),
      ],
      [
        'there is a second digest in another case',
        simple(({ critical }) => {
          critical.image['Docker-manifest-digest'] = WANTED;
        }),
      ],
      [
        'critical holds something nobody knows',
        simple(({ critical }) => {
          critical.expires = 'never';
        }),
      ],
      [
        'it holds something beside critical and optional',
        simple(payload => {
          payload.Critical = {};
        }),
      ],
      [
        'a key stands twice',
        JSON.stringify(simple()).replace('"type"', '"type":"x","type"'),
      ],
      [
        'a key stands twice with an escape',
        JSON.stringify(simple()).replace('"type"', '"t\\u0079pe":"x","type"'),
      ],
      ['it is a list', []],
      ['it is no JSON', '{'],
    ])('refuses when %s', (_condition, document) => {
      expect(() => read('simpleSigning', document)).toThrow(Refused);
    });
  });

  describe('of an in-toto statement', () => {
    it('is a signature for the one predicate type', () => {
      expect(read('envelope', statement())).toEqual({
        kind: 'signature',
        predicateType: SIGN,
        covers: WANTED,
      });
    });

    it.each([
      'https://slsa.dev/provenance/v1',
      `${SIGN}/`,
      `${SIGN}x`,
      SIGN.toUpperCase(),
      'http://sigstore.dev/cosign/sign/v1',
    ])('is an attestation for "%s"', predicateType => {
      expect(read('envelope', statement({ predicateType })).kind).toBe(
        'attestation',
      );
    });

    it('covers any of its subjects', () => {
      const subject = [
        { name: 'other', digest: { sha256: 'cd'.repeat(32) } },
        { digest: { sha256: HEX } },
      ];
      expect(read('envelope', statement({ subject })).covers).toBe(WANTED);
    });

    it.each<[string, Record<string, string>]>([
      ['another', { sha256: 'cd'.repeat(32) }],
      ['in upper case', { sha256: HEX.toUpperCase() }],
      ['cut short', { sha256: HEX.slice(0, 62) }],
      ['under SHA-1', { sha1: HEX }],
      ['under a name that only looks alike', { SHA256: HEX }],
    ])('does not cover a digest that is %s', (_condition, digest) => {
      const { covers } = read('envelope', statement({ subject: [{ digest }] }));
      expect(covers).not.toBe(WANTED);
    });

    it('covers SHA-512 by SHA-512 only', () => {
      const hex = 'ef'.repeat(64);
      const wanted = parseDigest(`sha512:${hex}`)!;
      const bytes = (digest: object) =>
        Buffer.from(JSON.stringify(statement({ subject: [{ digest }] })));
      const payloadType = 'application/vnd.in-toto+json';
      const covers = (digest: object) =>
        readStatement(
          { type: 'envelope', payloadType, bytes: bytes(digest) },
          wanted,
        ).covers;
      expect(covers({ sha512: hex })).toBe(wanted);
      expect(covers({ sha256: hex })).toBeUndefined();
    });

    it.each<[string, unknown]>([
      ['there is no subject', statement({ subject: [] })],
      ['the subject is missing', statement({ subject: undefined })],
      ['a subject is null', statement({ subject: [null] })],
      [
        'a digest is no text',
        statement({ subject: [{ digest: { sha256: 1 } }] }),
      ],
      [
        'there are too many subjects',
        statement({ subject: Array(1025).fill({ digest: { sha256: HEX } }) }),
      ],
      [
        'a subject has too many digests',
        statement({
          subject: [
            {
              digest: Object.fromEntries(
                Array.from({ length: 33 }, (_, index) => [`x${index}`, HEX]),
              ),
            },
          ],
        }),
      ],
      ['it has no predicate type', statement({ predicateType: '' })],
      [
        'it is of another type',
        statement({ _type: 'https://in-toto.io/Statement/v2' }),
      ],
      [
        'a key stands twice',
        JSON.stringify(statement()).replace(
          '"predicateType"',
          '"predicateType":"x","predicateType"',
        ),
      ],
      ['it is a text', '"statement"'],
    ])('refuses when %s', (_condition, document) => {
      expect(() => read('envelope', document)).toThrow(Refused);
    });
  });

  it('knows nothing of an envelope with another payload type', () => {
    expect(
      readStatement(
        {
          type: 'envelope',
          payloadType: 'text/plain',
          bytes: Buffer.from(JSON.stringify(statement())),
        },
        WANTED,
      ),
    ).toEqual({ kind: 'attestation' });
  });

  it('takes a signature over the manifest itself for no signature statement', () => {
    expect(
      readStatement({ type: 'artifact', bytes: Buffer.from('x') }, WANTED),
    ).toEqual({ kind: 'attestation', covers: WANTED });
  });
});
