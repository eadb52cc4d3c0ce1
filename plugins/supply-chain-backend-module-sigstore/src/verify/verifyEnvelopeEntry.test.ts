import { createHash } from 'node:crypto';
import { parseDigest, TrustCheck } from 'backstage-plugin-supply-chain-common';
import {
  CertifiedKey,
  GITHUB_ISSUER,
  GithubIdentity,
  PrivateSigstore,
  workflowUri,
} from 'sandbox';
import { DIGEST, signEnvelope } from '../__testUtils__/AttackWorld';
import { named, sigstoreRoot } from '../__testUtils__/trustRoots';
import { LayerAnnotations } from './candidate';
import { verifyCandidate } from './verifyCandidate';

const BUNDLE = 'dev.sigstore.cosign/bundle';
const identity: GithubIdentity = {
  repository: 'acme/app',
  workflow: '.github/workflows/release.yml',
  ref: 'refs/tags/v1.0.0',
  commit: 'c'.repeat(40),
};

type LogBundle = {
  SignedEntryTimestamp: string;
  Payload: {
    body: string;
    integratedTime: number;
    logIndex: number;
    logID: string;
  };
};
type Body = {
  spec: {
    content: { hash: { value: string }; payloadHash: { value: string } };
    publicKey: string;
  };
};

const hexOf = (bytes: Buffer | string) =>
  createHash('sha256').update(bytes).digest('hex');

describe('an entry that logs the hash of an envelope (intoto 0.0.1)', () => {
  let sigstore: PrivateSigstore;
  let certified: CertifiedKey;
  let envelope: Buffer;
  let payload: Buffer;

  beforeAll(async () => {
    sigstore = await PrivateSigstore.create();
    certified = await sigstore.certify(identity);
    const signed = signEnvelope(certified.key.privateKey).envelope;
    envelope = Buffer.from(JSON.stringify(signed));
    payload = Buffer.from(signed.payload, 'base64');
  });

  /** Logs as Rekor did, changed before the log signs it: an entry of something else. */
  async function log(change: (body: Body) => void = () => {}) {
    const body = {
      apiVersion: '0.0.1',
      kind: 'intoto',
      spec: {
        content: {
          hash: { algorithm: 'sha256', value: hexOf(envelope) },
          payloadHash: { algorithm: 'sha256', value: hexOf(payload) },
        },
        publicKey: Buffer.from(certified.certificatePem).toString('base64'),
      },
    };
    change(body);
    const entry = await sigstore.log(body);
    return {
      SignedEntryTimestamp: entry.signedEntryTimestamp,
      Payload: {
        body: entry.body,
        integratedTime: entry.integratedTime,
        logIndex: entry.logIndex,
        logID: entry.logId,
      },
    };
  }

  function verify(options: {
    logged: LogBundle;
    bytes?: Buffer;
    trustedRoot?: object;
  }): TrustCheck {
    const { logged, bytes = envelope } = options;
    const annotations: LayerAnnotations = {
      'dev.cosignproject.cosign/signature': '',
      'dev.sigstore.cosign/certificate': certified.certificatePem,
      [BUNDLE]: JSON.stringify(logged),
    };
    const [check] = verifyCandidate({
      candidate: { form: 'envelope', bytes, annotations },
      about: parseDigest(DIGEST)!,
      trustRoots: named(
        sigstoreRoot({
          trustedRoot: JSON.stringify(
            options.trustedRoot ?? sigstore.trustedRoot(),
          ),
          identities: [
            { issuer: GITHUB_ISSUER, subject: workflowUri(identity) },
          ],
        }),
      ),
      now: new Date(),
    }).checks;
    return check;
  }

  it('proves who signed the envelope, and when', async () => {
    const logged = await log();
    expect(verify({ logged })).toMatchObject({
      status: 'verified',
      signedAt: new Date(logged.Payload.integratedTime * 1000).toISOString(),
      transparencyLog: {
        logId: logged.Payload.logID,
        proof: 'inclusionPromise',
      },
    });
  });

  it.each<[string, (body: Body) => void]>([
    [
      'another envelope',
      body => {
        body.spec.content.hash.value = hexOf('another envelope');
      },
    ],
    [
      'another payload',
      body => {
        body.spec.content.payloadHash.value = hexOf('another payload');
      },
    ],
    [
      'no envelope at all',
      body => {
        body.spec.content = {} as Body['spec']['content'];
      },
    ],
    [
      'another signer',
      body => {
        body.spec.publicKey = Buffer.from(certified.key.publicKeyPem).toString(
          'base64',
        );
      },
    ],
  ])('is refused when it is about %s', async (_what, change) => {
    expect(verify({ logged: await log(change) })).toMatchObject({
      status: 'invalid',
      reason: 'transparencyLogMismatch',
    });
  });

  it.each<[string, (logged: LogBundle) => void]>([
    [
      'its time was moved (CVE-2026-48816)',
      ({ Payload }) => {
        Payload.integratedTime -= 60;
      },
    ],
    [
      'it was put at another place of the log',
      ({ Payload }) => {
        Payload.logIndex += 1;
      },
    ],
    [
      'the log is unknown',
      ({ Payload }) => {
        Payload.logID = hexOf('another log');
      },
    ],
    [
      'the log never signed it',
      logged => {
        logged.SignedEntryTimestamp = 'AAAA';
      },
    ],
  ])('is refused when %s', async (_condition, change) => {
    const logged = await log();
    change(logged);
    expect(verify({ logged })).toMatchObject({
      status: 'invalid',
      reason: 'transparencyLogInvalid',
    });
  });

  it('is refused when it belongs to another envelope of the same signer', async () => {
    const logged = await log();
    const other = signEnvelope(certified.key.privateKey).envelope;
    expect(
      verify({ logged, bytes: Buffer.from(JSON.stringify(other)) }),
    ).toMatchObject({ reason: 'transparencyLogMismatch' });
  });

  it('is refused when the envelope is spelled another way than it was logged', async () => {
    const logged = await log();
    const bytes = Buffer.from(
      JSON.stringify(JSON.parse(envelope.toString()), null, 1),
    );
    expect(verify({ logged, bytes })).toMatchObject({
      reason: 'transparencyLogMismatch',
    });
  });

  it('is refused outside the period of the log', async () => {
    const trustedRoot = JSON.parse(JSON.stringify(sigstore.trustedRoot()));
    trustedRoot.tlogs[0].publicKey.validFor.end = new Date(
      Date.now() - 30 * 60 * 1000,
    ).toISOString();
    expect(verify({ logged: await log(), trustedRoot })).toMatchObject({
      reason: 'transparencyLogInvalid',
    });
  });

  it('is not supported in a bundle, which spells the envelope its own way', async () => {
    const { Payload, SignedEntryTimestamp } = await log();
    const bundle = {
      mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
      verificationMaterial: {
        x509CertificateChain: {
          certificates: [
            { rawBytes: certified.certificate.toString('base64') },
          ],
        },
        tlogEntries: [
          {
            logIndex: String(Payload.logIndex),
            logId: {
              keyId: Buffer.from(Payload.logID, 'hex').toString('base64'),
            },
            kindVersion: { kind: 'intoto', version: '0.0.1' },
            integratedTime: String(Payload.integratedTime),
            inclusionPromise: { signedEntryTimestamp: SignedEntryTimestamp },
            canonicalizedBody: Payload.body,
          },
        ],
      },
      dsseEnvelope: JSON.parse(envelope.toString()),
    };
    const [check] = verifyCandidate({
      candidate: { form: 'bundle', bytes: Buffer.from(JSON.stringify(bundle)) },
      about: parseDigest(DIGEST)!,
      trustRoots: named(
        sigstoreRoot({
          trustedRoot: JSON.stringify(sigstore.trustedRoot()),
          identities: [
            { issuer: GITHUB_ISSUER, subject: workflowUri(identity) },
          ],
        }),
      ),
      now: new Date(),
    }).checks;
    expect(check).toMatchObject({
      status: 'invalid',
      reason: 'unsupportedAlgorithm',
    });
  });
});
