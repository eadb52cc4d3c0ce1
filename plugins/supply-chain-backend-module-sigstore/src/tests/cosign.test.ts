import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  IdentityPattern,
  ReasonCode,
  SignatureStatus,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { loadRegistryDump, OciRegistryServer } from 'sandbox';
import { clientFor, judgeImage } from '../__testUtils__/judge';
import { keyRoot, sigstoreRoot } from '../__testUtils__/trustRoots';
import { vectorFolder } from '../__testUtils__/vectors';

// Images signed by real clients (cosign 3.1.3 and 2.6.5), served as they were recorded. The expectation is what the
// clients said, from cosign-matrix.tsv and verifier-matrix.tsv: never computed here.
const folder = vectorFolder('cosign');

type Expected = [status: SignatureStatus, reason?: ReasonCode];

/** What each recorded image is; checked against the clients' exit codes below. */
const EXPECTED: Record<string, Expected> = {
  web: ['verified'],
  payments: ['verified'],
  wrongkey: ['untrustedSigner', 'noMatchingKey'],
  unsigned: ['unsigned', 'noSignature'],
  // L11: wrong key and damaged bytes cannot be told apart under a key.
  tampered: ['untrustedSigner', 'noMatchingKey'],
  other: ['invalid', 'payloadDigestMismatch'],
  malformed: ['invalid', 'malformedBundle'],
  'web-2sig': ['verified'],
  'web-annlie': ['verified'],
  multi: ['verified'],
  'multi-plat': ['unsigned', 'noSignature'],
  'legacy-2sig': ['verified'],
  'legacy-multi': ['verified'],
  'legacy-wrongkey': ['untrustedSigner', 'noMatchingKey'],
  'legacy-replay': ['invalid', 'payloadDigestMismatch'],
  'legacy-tampered': ['untrustedSigner', 'noMatchingKey'],
  'att-only': ['unsigned', 'attestedOnly'],
};

/** Where we are stricter than the client that understands the format, and why. */
const STRICTER: Record<string, string> = {
  'att-only': 'L13: an attestation is not a signature',
};

/** Images the clients were not asked about, and why. */
const LEFT_OUT: [RegExp, string][] = [
  [/^(nl|notation)-/, 'signed by notation: recorded.test.ts of that module'],
  [/^web-dpkg$/, 'an image for scanners, signed by nobody'],
];

type Recorded = { image: string; accepted: boolean };

function readMatrix(file: string): string[][] {
  return readFileSync(join(folder!, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => line.split('\t'));
}

/** cosign 2 cannot read v3 bundles, so an image counts as accepted when either version accepts it. */
function recordedVerdicts(): Recorded[] {
  const accepted = new Map<string, boolean>();
  const note = (image: string, exitCode: string) =>
    accepted.set(image, accepted.get(image) === true || exitCode === '0');
  readMatrix('cosign-matrix.tsv').forEach(([, image, , exitCode]) =>
    note(image, exitCode),
  );
  readMatrix('verifier-matrix.tsv')
    .slice(1)
    .forEach(([image, cosign3, cosign2]) => {
      note(image, cosign3);
      note(image, cosign2);
    });
  return [...accepted].map(([image, isAccepted]) => ({
    image,
    accepted: isAccepted,
  }));
}

if (folder === undefined) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(folder).toBeDefined();
  });
} else {
  describe.each(['dump-referrers-api', 'dump-fallback-tags'])(
    'images signed by real clients, served from %s',
    dump => {
      const content = loadRegistryDump(join(folder, dump));
      const pem = readFileSync(join(folder, 'keys/cosign-test.pub'), 'utf8');
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

      const judge = (name: string, tag: string) => {
        const repository = content.repositories.find(
          each => each.name === `shop/${name}`,
        )!;
        return judgeImage({
          client,
          repository: `${server.host}/shop/${name}`,
          digest: repository.tags[tag],
          trustRoots: [keyRoot({ pem })],
        });
      };

      const images = recordedVerdicts().filter(
        // The image does not exist: there is nothing to look at.
        ({ image }) => !image.startsWith('missing:'),
      );

      it.each(images)('$image (accepted: $accepted)', async recorded => {
        const [name, tag] = recorded.image.split(':');
        const { judgement, evidence } = await judge(name, tag);
        expect([judgement.status, judgement.reason]).toEqual([
          EXPECTED[name][0],
          EXPECTED[name][1],
        ]);
        expect(evidence.detail?.trail.every(look => look.complete)).toBe(true);
        const isStricter = name in STRICTER;
        expect(judgement.status === 'verified').toBe(
          recorded.accepted && !isStricter,
        );
      });

      it('covers every recorded image', () => {
        const names = images.map(({ image }) => image.split(':')[0]);
        expect(new Set(names)).toEqual(new Set(Object.keys(EXPECTED)));
        const left = content.repositories
          .map(({ name }) => name.replace('shop/', ''))
          .filter(
            name =>
              !names.includes(name) &&
              !LEFT_OUT.some(([pattern]) => pattern.test(name)),
          );
        expect(left).toEqual([]);
      });
    },
  );

  describe('images signed without a key by a real client', () => {
    const content = loadRegistryDump(join(folder, 'keyless/dump'));
    const trustedRoot = readFileSync(
      join(folder, 'keyless/trusted_root.json'),
      'utf8',
    );
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

    const CI = 'http://127.0.0.1:18081';
    const WORKFLOW =
      'https://github.com/example-org/shop-web/.github/workflows/release.yaml@refs/heads/main';
    const MAIL = 'http://127.0.0.1:18080';

    // The client's verdicts on these images are in its README: accepted with the exact identity and SCTs ignored,
    // refused with another identity, refused when SCTs are wanted.
    it.each<[string, string, Parameters<typeof sigstoreRoot>[0], Expected]>([
      [
        'its identity is listed',
        'shop/kl-ci',
        root({ issuer: CI, subject: WORKFLOW }),
        ['verified'],
      ],
      [
        'its repository is listed as an extension',
        'shop/kl-ci',
        root({
          issuer: CI,
          subject: {
            glob: 'https://github.com/example-org/*/.github/workflows/*@refs/heads/main',
          },
          extensions: {
            sourceRepositoryUri: 'https://github.com/example-org/shop-web',
          },
        }),
        ['verified'],
      ],
      [
        'another repository is listed',
        'shop/kl-ci',
        root({
          issuer: CI,
          subject: WORKFLOW,
          extensions: {
            sourceRepositoryUri: 'https://github.com/example-org/other',
          },
        }),
        ['untrustedSigner', 'identityMismatch'],
      ],
      [
        'another issuer is listed',
        'shop/kl-ci',
        root({ issuer: MAIL, subject: WORKFLOW }),
        ['untrustedSigner', 'identityMismatch'],
      ],
      [
        'only a part of the identity is listed',
        'shop/kl-ci',
        root({ issuer: CI, subject: 'https://github.com/example-org/' }),
        ['untrustedSigner', 'identityMismatch'],
      ],
      [
        'an SCT is required',
        'shop/kl-ci',
        {
          ...root({ issuer: CI, subject: WORKFLOW }),
          signedCertificateTimestamps: 'required',
        },
        ['invalid', 'certificateTimestampMissing'],
      ],
      [
        'an SCT may be missing',
        'shop/kl-ci',
        {
          ...root({ issuer: CI, subject: WORKFLOW }),
          signedCertificateTimestamps: 'whenPresent',
        },
        ['verified'],
      ],
      [
        'timestamps are not looked at, so that Rekor v2 gives no time',
        'shop/kl-ci',
        { ...root({ issuer: CI, subject: WORKFLOW }), timestamps: 'none' },
        ['invalid', 'noTrustedTime'],
      ],
      [
        'the log is not looked at',
        'shop/kl-ci',
        { ...root({ issuer: CI, subject: WORKFLOW }), transparencyLog: 'none' },
        ['verified'],
      ],
      [
        'its mail address is listed',
        'shop/kl-email',
        root({ issuer: MAIL, subject: 'alice@example.com' }),
        ['verified'],
      ],
      [
        'another mail address is listed',
        'shop/kl-email',
        root({ issuer: MAIL, subject: 'mallory@example.com' }),
        ['untrustedSigner', 'identityMismatch'],
      ],
      [
        'a mail address is listed that its own contains',
        'shop/kl-email',
        root({ issuer: MAIL, subject: 'lice@example.com' }),
        ['untrustedSigner', 'identityMismatch'],
      ],
    ])('when %s: %s', async (_condition, name, trustRoot, [status, reason]) => {
      const { judgement } = await judge(name, sigstoreRoot(trustRoot));
      expect([judgement.status, judgement.reason]).toEqual([status, reason]);
    });

    it('is not accepted by a key', async () => {
      const pem = readFileSync(join(folder, 'keys/cosign-test.pub'), 'utf8');
      const { judgement } = await judge('shop/kl-ci', keyRoot({ pem }));
      expect(judgement).toMatchObject({
        status: 'untrustedSigner',
        reason: 'keyNotInScheme',
      });
    });

    it('says who signed, when, and what the log proved', async () => {
      const { evidence } = await judge(
        'shop/kl-ci',
        sigstoreRoot(root({ issuer: CI, subject: WORKFLOW })),
      );
      expect(evidence.detail?.statements.map(({ kind }) => kind)).toEqual([
        'signature',
        'attestation',
      ]);
      expect(evidence.detail?.statements[0].checks).toEqual([
        {
          trustRoot: 'sigstore',
          status: 'verified',
          signer: {
            type: 'identity',
            issuer: CI,
            subject: WORKFLOW,
            extensions: expect.objectContaining({
              sourceRepositoryUri: 'https://github.com/example-org/shop-web',
              runnerEnvironment: 'github-hosted',
              buildTrigger: 'push',
            }),
          },
          signedAt: '2026-11-23T11:32:19.000Z',
          transparencyLog: {
            logIndex: '1',
            logId: expect.stringMatching(/^865746e6/),
            proof: 'inclusionProof',
          },
        },
      ]);
    });

    function root(identity: IdentityPattern) {
      return {
        trustedRoot,
        signedCertificateTimestamps: 'none' as const,
        identities: [identity],
      };
    }

    function judge(name: string, trustRoot: TrustRoot) {
      const repository = content.repositories.find(each => each.name === name)!;
      return judgeImage({
        client,
        repository: `${server.host}/${name}`,
        digest: repository.tags['1.0.0'],
        trustRoots: [trustRoot],
      });
    }
  });
}
