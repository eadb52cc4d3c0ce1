import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  ReasonCode,
  SignatureStatus,
} from 'backstage-plugin-supply-chain-common';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { loadRegistryDump, OciRegistryServer } from 'sandbox';
import { clientFor, judgeImage } from '../__testUtils__/judge';
import {
  RECORDED_AT,
  recordedRoot,
  recordedVerdicts,
} from '../__testUtils__/recordings';
import { notationRoot, trustPolicy } from '../__testUtils__/trustRoots';
import { vectorFolder } from '../__testUtils__/vectors';

type Expected = [status: SignatureStatus, reason?: ReasonCode];

// Images signed by a real client (notation 1.3.2), served as they were recorded. The expectation is what the client
// said, from matrix.tsv: never computed here.
const EXPECTED: Record<string, Expected> = {
  'nl-jws': ['verified', undefined],
  'nl-cose': ['verified', undefined],
  'nl-evil': ['untrustedSigner', 'untrustedCertificateAuthority'],
  'nl-expired': ['expired', 'signatureExpired'],
};

function describeRecording(options: {
  registry: string;
  folder: string;
  referrersApi: boolean;
}): void {
  const { registry, folder, referrersApi } = options;
  const content = loadRegistryDump(registry, { referrersApi });
  let server: OciRegistryServer;
  let client: RegistryClient;

  beforeAll(async () => {
    server = await OciRegistryServer.start({ content: [content] });
    client = clientFor(server);
  });
  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  const judge = (
    name: string,
    trustRoot = recordedRoot(folder),
    now = RECORDED_AT,
  ) => {
    const repository = content.repositories.find(
      each => each.name === `shop/${name}`,
    )!;
    return judgeImage({
      client,
      repository: `${server.host}/shop/${name}`,
      digest: repository.tags['1.0.0'],
      trustRoot,
      now,
    });
  };

  const verdicts = recordedVerdicts(folder);

  it.each(verdicts)(
    '%s (accepted by the client: %s)',
    async (name, accepted) => {
      const { judgement, evidence } = await judge(name);
      expect([judgement.status, judgement.reason]).toEqual(EXPECTED[name]);
      expect(judgement.status === 'verified').toBe(accepted);
      expect(evidence.detail?.trail.every(look => look.complete)).toBe(true);
    },
  );

  it('covers every recorded image', () => {
    expect(verdicts.map(([name]) => name).sort()).toEqual(
      Object.keys(EXPECTED).sort(),
    );
  });

  it('says where the signature lies and who made it', async () => {
    const { evidence } = await judge('nl-jws');
    expect(evidence.detail?.statements).toEqual([
      expect.objectContaining({
        scheme: 'notation',
        kind: 'signature',
        foundIn: referrersApi ? 'referrers' : 'fallbackTag',
        relation: 'exact',
        checks: [
          expect.objectContaining({
            signer: {
              type: 'certificate',
              subject: 'C=US, ST=WA, O=Shop Test, CN=shop signer',
              // openssl x509 -in shop.leaf.crt -outform DER | sha256sum
              fingerprint:
                'sha256:038454e80106f3398a1e8b213919b1f0f3033e4d51011df144db7910f9affdb1',
            },
          }),
        ],
      }),
    ]);
  });

  it('is refused for a signer the trust policy does not list', async () => {
    const root = notationRoot({
      policies: [
        trustPolicy({
          trustStores: ['ca:shop'],
          trustedIdentities: [
            'x509.subject: C=US, ST=WA, O=Shop Test, CN=other',
          ],
        }),
      ],
      stores: {
        'ca:shop': [readFileSync(join(folder, 'keys/shop-ca.crt'), 'utf8')],
      },
    });
    const { judgement } = await judge('nl-cose', root);
    expect(judgement.reason).toBe('identityMismatch');
  });

  it('is refused once the certificates have ended', async () => {
    const { judgement } = await judge(
      'nl-jws',
      recordedRoot(folder),
      new Date('2046-12-01T00:00:00Z'),
    );
    expect(judgement).toMatchObject({
      status: 'expired',
      reason: 'certificateNotValidNow',
    });
  });
}

/** Images whose signers had certificates for a day. What each is, is in its name: the client was not asked about them. */
const SHORT_LIVED: Record<string, Expected> = {
  'notation-jws': ['verified', undefined],
  'notation-cose': ['verified', undefined],
  'notation-both': ['verified', undefined],
  'notation-evil': ['untrustedSigner', 'untrustedCertificateAuthority'],
  'notation-expired': ['expired', 'signatureExpired'],
  'notation-none': ['unsigned', 'noSignature'],
};

function describeShortLived(registry: string, referrersApi: boolean): void {
  describe('images signed with a certificate for a day', () => {
    const folder = vectorFolder('cosign/notation')!;
    const content = loadRegistryDump(registry, { referrersApi });
    const names = content.repositories.map(({ name }) => name);
    const { trustPolicies } = JSON.parse(
      readFileSync(join(folder, 'trustpolicy.json'), 'utf8'),
    );
    const trustRoot = notationRoot({
      policies: [
        trustPolicy({
          trustStores: trustPolicies[0].trustStores,
          trustedIdentities: trustPolicies[0].trustedIdentities,
        }),
      ],
      stores: {
        'ca:shop.example.com': [
          readFileSync(join(folder, 'shop.example.com.crt'), 'utf8'),
        ],
      },
    });

    it('are all expected to be something', () => {
      expect(names.filter(name => name.includes('/notation-')).sort()).toEqual(
        Object.keys(SHORT_LIVED)
          .map(name => `shop/${name}`)
          .sort(),
      );
    });

    it.each(Object.entries(SHORT_LIVED))('%s: %s', async (name, expected) => {
      const server = await OciRegistryServer.start({ content: [content] });
      const client = clientFor(server);
      const judge = async (now: Date) => {
        const { judgement } = await judgeImage({
          client,
          repository: `${server.host}/shop/${name}`,
          digest: content.repositories.find(
            each => each.name === `shop/${name}`,
          )!.tags['1.0.0'],
          trustRoot,
          now,
        });
        return [judgement.status, judgement.reason];
      };
      expect(await judge(RECORDED_AT)).toEqual(expected);
      const [statusLater] = await judge(new Date('2026-11-25T00:00:00Z'));
      expect(statusLater).not.toBe('verified');
      await client.close();
      await server.stop();
    });
  });
}

describe('recorded signatures', () => {
  const folder = resolve(__dirname, '../__fixtures__/notation');
  describeRecording({
    registry: join(folder, 'registry'),
    folder,
    referrersApi: true,
  });
});

const recording = vectorFolder('cosign');

if (recording === undefined) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(recording).toBeDefined();
  });
} else {
  describe.each([
    ['dump-referrers-api', true],
    ['dump-fallback-tags', false],
  ])('the whole recording, served from %s', (dump, referrersApi) => {
    describeRecording({
      registry: join(recording, dump),
      folder: join(recording, 'notation'),
      referrersApi,
    });
    describeShortLived(join(recording, dump), referrersApi);
  });
}
