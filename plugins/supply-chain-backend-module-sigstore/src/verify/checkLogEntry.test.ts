import type { TransparencyLogEntry } from '@sigstore/bundle';
import { ecKeyPair, pemOf } from '../__testUtils__/AttackWorld';
import { checkLogEntry, LoggedSigner } from './checkLogEntry';
import { Refused } from './Refused';

const keyPair = ecKeyPair();
const other = ecKeyPair();
const certificate = Buffer.from('the bytes of a certificate');

const key: LoggedSigner = { type: 'key', publicKey: keyPair.publicKey };
const leaf: LoggedSigner = { type: 'certificate', der: certificate };

function der({ publicKey }: typeof keyPair) {
  const rawBytes = publicKey
    .export({ type: 'spki', format: 'der' })
    .toString('base64');
  return { publicKey: { rawBytes } };
}

function base64(text: string) {
  return Buffer.from(text).toString('base64');
}

const certified = {
  x509Certificate: { rawBytes: certificate.toString('base64') },
};

/** The parts of an entry that name its verifier, by kind. */
const BODIES: Record<string, (verifier: unknown) => object> = {
  'hashedrekord/0.0.1': verifier => ({
    spec: { signature: { publicKey: { content: verifier } } },
  }),
  'dsse/0.0.1': verifier => ({ spec: { signatures: [{ verifier }] } }),
  'intoto/0.0.1': verifier => ({ spec: { publicKey: verifier } }),
  'intoto/0.0.2': verifier => ({
    spec: {
      content: { envelope: { signatures: [{ publicKey: verifier }] } },
    },
  }),
  'hashedrekord/0.0.2': verifier => ({
    spec: { hashedRekordV002: { signature: { verifier } } },
  }),
  'dsse/0.0.2': verifier => ({
    spec: { dsseV002: { signatures: [{ verifier }] } },
  }),
};

function check(kind: string, verifier: unknown, signer: LoggedSigner) {
  const [name, version] = kind.split('/');
  const body = BODIES[kind]?.(verifier) ?? {};
  checkLogEntry(
    {
      kindVersion: { kind: name, version },
      canonicalizedBody: Buffer.from(JSON.stringify(body)),
    } as TransparencyLogEntry,
    signer,
  );
}

describe('checkLogEntry', () => {
  it.each(['hashedrekord/0.0.1', 'dsse/0.0.1', 'intoto/0.0.1', 'intoto/0.0.2'])(
    'compares the key an entry of Rekor v1 names: %s',
    kind => {
      check(kind, base64(pemOf(keyPair)), key);
      expect(() => check(kind, base64(pemOf(other)), key)).toThrow(Refused);
    },
  );

  it.each(['hashedrekord/0.0.2', 'dsse/0.0.2'])(
    'compares the key or certificate an entry of Rekor v2 names: %s',
    kind => {
      check(kind, der(keyPair), key);
      check(kind, certified, leaf);
      expect(() => check(kind, der(other), key)).toThrow(Refused);
      expect(() => check(kind, der(keyPair), leaf)).toThrow(Refused);
      expect(() => check(kind, certified, key)).toThrow(Refused);
    },
  );

  it.each(['hashedrekord/0.0.3', 'intoto/0.0.3', 'rekord/0.0.1'])(
    'refuses a kind whose verifier it cannot find: %s',
    kind => {
      expect(() => check(kind, der(keyPair), key)).toThrow(
        expect.objectContaining({ reason: 'unsupportedAlgorithm' }),
      );
    },
  );
});
