import { createHash } from 'node:crypto';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import {
  createLegacyKeyedSignature,
  createLegacyKeylessSignature,
  createSigningKey,
  GITHUB_ISSUER,
  GithubIdentity,
  PrivateSigstore,
  simpleSigningPayload,
  workflowUri,
} from 'sandbox';
import {
  DIGEST,
  ecKeyPair,
  pemOf,
  signEnvelope,
} from '../__testUtils__/AttackWorld';
import { keyRoot, named, sigstoreRoot } from '../__testUtils__/trustRoots';
import { Candidate, LayerAnnotations } from './candidate';
import { verifyCandidate } from './verifyCandidate';

const identity: GithubIdentity = {
  repository: 'acme/app',
  workflow: '.github/workflows/release.yml',
  ref: 'refs/tags/v1.0.0',
  commit: 'c'.repeat(40),
};
const payload = simpleSigningPayload({
  repository: 'registry.acme.example/acme/app',
  digest: DIGEST,
});
const SIGNATURE = 'dev.cosignproject.cosign/signature';
const CERTIFICATE = 'dev.sigstore.cosign/certificate';
const BUNDLE = 'dev.sigstore.cosign/bundle';
const TIMESTAMP = 'dev.sigstore.cosign/rfc3161timestamp';

function verify(
  candidate: Candidate,
  ...trustRoots: Parameters<typeof named>
): { kind: string; result: string } {
  const { kind, checks } = verifyCandidate({
    candidate,
    about: parseDigest(DIGEST)!,
    trustRoots: named(...trustRoots),
    now: new Date(),
  });
  const [{ status, reason }] = checks;
  return { kind, result: reason ? `${status}: ${reason}` : status };
}

describe('a layer of cosign’s old format', () => {
  let sigstore: PrivateSigstore;
  let annotations: LayerAnnotations;

  beforeAll(async () => {
    sigstore = await PrivateSigstore.create();
    ({ annotations } = await createLegacyKeylessSignature({
      sigstore,
      identity,
      payload,
    }));
  });

  const trustRoot = () =>
    sigstoreRoot({
      trustedRoot: JSON.stringify(sigstore.trustedRoot()),
      identities: [{ issuer: GITHUB_ISSUER, subject: workflowUri(identity) }],
    });

  it('verifies with a certificate, promise and timestamp', () => {
    expect(
      verify({ form: 'simpleSigning', payload, annotations }, trustRoot()),
    ).toEqual({ kind: 'signature', result: 'verified' });
  });

  it('verifies with a key', () => {
    const key = createSigningKey();
    const layer = createLegacyKeyedSignature({ key, payload });
    expect(
      verify(
        { form: 'simpleSigning', ...layer },
        keyRoot({ pem: key.publicKeyPem }),
      ).result,
    ).toBe('verified');
  });

  it('verifies a keyed one in the log, which must name the key', async () => {
    const [key, other] = [createSigningKey(), createSigningKey()];
    const layer = createLegacyKeyedSignature({ key, payload });
    const logged = async (pem: string) => {
      const entry = await sigstore.log({
        apiVersion: '0.0.1',
        kind: 'hashedrekord',
        spec: {
          data: {
            hash: {
              algorithm: 'sha256',
              value: createHash('sha256').update(payload).digest('hex'),
            },
          },
          signature: {
            content: layer.annotations[SIGNATURE],
            publicKey: { content: Buffer.from(pem).toString('base64') },
          },
        },
      });
      const { body, integratedTime, logIndex, logId } = entry;
      return JSON.stringify({
        SignedEntryTimestamp: entry.signedEntryTimestamp,
        Payload: { body, integratedTime, logIndex, logID: logId },
      });
    };
    const trust = keyRoot({
      pem: key.publicKeyPem,
      transparencyLog: 'required',
      trustedRoot: JSON.stringify(sigstore.trustedRoot()),
    });
    const under = (bundle: string) =>
      verify(
        {
          form: 'simpleSigning',
          payload,
          annotations: { ...layer.annotations, [BUNDLE]: bundle },
        },
        trust,
      ).result;
    expect(under(await logged(key.publicKeyPem))).toBe('verified');
    expect(under(await logged(other.publicKeyPem))).toBe(
      'invalid: transparencyLogMismatch',
    );
    expect(verify({ form: 'simpleSigning', ...layer }, trust).result).toBe(
      'invalid: transparencyLogMissing',
    );
  });

  it('verifies an attestation, which is no signature', () => {
    const keyPair = ecKeyPair();
    const { envelope } = signEnvelope(keyPair.privateKey);
    expect(
      verify(
        {
          form: 'envelope',
          bytes: Buffer.from(JSON.stringify(envelope)),
          annotations: { [SIGNATURE]: '', predicateType: 'lies' },
        },
        keyRoot({ pem: pemOf(keyPair) }),
      ).result,
    ).toBe('verified');
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'has no signature',
      { [SIGNATURE]: undefined },
      'invalid: malformedBundle',
    ],
    [
      'has a signature with a line break',
      { [SIGNATURE]: 'AAAA\n' },
      'invalid: malformedBundle',
    ],
    [
      'has a signature that is a number',
      { [SIGNATURE]: 1 },
      'invalid: malformedBundle',
    ],
    [
      'has another signature',
      { [SIGNATURE]: 'AAAA' },
      'invalid: signatureMismatch',
    ],
    [
      'has a certificate that is none',
      { [CERTIFICATE]: 'x' },
      'invalid: malformedBundle',
    ],
    [
      'has lost its certificate',
      { [CERTIFICATE]: '' },
      'untrustedSigner: keyNotInScheme',
    ],
    [
      'has a log bundle that is no JSON',
      { [BUNDLE]: '{' },
      'invalid: malformedBundle',
    ],
    [
      'has a log bundle without time',
      { [BUNDLE]: '{"SignedEntryTimestamp":"AAAA","Payload":{}}' },
      'invalid: malformedBundle',
    ],
    [
      'has lost its log bundle',
      { [BUNDLE]: undefined },
      'invalid: transparencyLogMissing',
    ],
    [
      'has a timestamp that is none',
      { [TIMESTAMP]: '{"SignedRFC3161Timestamp":"AAAA"}' },
      'invalid: timestampInvalid',
    ],
    [
      'has a timestamp nobody knows',
      { [TIMESTAMP]: '{"Timestamp":"AAAA"}' },
      'invalid: malformedBundle',
    ],
  ])('is refused when it %s', (_condition, changes, result) => {
    const changed = { ...annotations, ...changes };
    expect(
      verify(
        { form: 'simpleSigning', payload, annotations: changed },
        trustRoot(),
      ),
    ).toEqual({ kind: 'signature', result });
  });

  it('is refused when its time was moved', () => {
    const bundle = JSON.parse(annotations[BUNDLE] as string);
    bundle.Payload.integratedTime -= 1;
    const changed = { ...annotations, [BUNDLE]: JSON.stringify(bundle) };
    expect(
      verify(
        { form: 'simpleSigning', payload, annotations: changed },
        trustRoot(),
      ).result,
    ).toBe('invalid: transparencyLogInvalid');
  });

  it('is refused when its payload is another or too large', () => {
    const other = simpleSigningPayload({
      repository: 'registry.acme.example/acme/app',
      digest: `sha256:${'cd'.repeat(32)}`,
    });
    expect(
      verify(
        { form: 'simpleSigning', payload: other, annotations },
        trustRoot(),
      ).result,
    ).toBe('invalid: payloadDigestMismatch');
    const large = Buffer.concat([payload, Buffer.alloc(64 * 1024, ' ')]);
    expect(
      verify(
        { form: 'simpleSigning', payload: large, annotations },
        trustRoot(),
      ).result,
    ).toBe('invalid: malformedPayload');
  });

  it('is an attestation even when its envelope cannot be read', () => {
    expect(
      verify(
        { form: 'envelope', bytes: Buffer.from('{'), annotations: {} },
        trustRoot(),
      ),
    ).toEqual({ kind: 'attestation', result: 'invalid: malformedBundle' });
  });
});
