import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { loadRegistryDump, OciRegistryServer } from 'sandbox';
import { clientFor, judgeImage } from '../__testUtils__/judge';
import { keyRoot } from '../__testUtils__/trustRoots';

// What cosign 3.1.3 wrote: with keys of every kind, in every storage form its library still writes, and into another
// repository. The registry has no referrers API, so that the tag that stands in for it is read.
const folder = resolve(__dirname, '../__fixtures__/cosign/forms');

describe('what cosign writes', () => {
  const content = loadRegistryDump(folder, { referrersApi: false });
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

  const judge = async (
    name: string,
    options: { key?: string; tagPrefix?: string; signaturesIn?: string } = {},
  ) => {
    const { key = 'p256', tagPrefix, signaturesIn } = options;
    const { tags } = content.repositories.find(each => each.name === name)!;
    return judgeImage({
      client,
      repository: `${server.host}/${name}`,
      digest: tags['1.0.0'],
      trustRoots: [
        keyRoot({
          pem: readFileSync(resolve(folder, `keys/${key}.pub`), 'utf8'),
        }),
      ],
      ...(signaturesIn && {
        signatureRepositories: [
          {
            images: `${server.host}/sep/*`,
            repository: `${server.host}/${signaturesIn}`,
            tagPrefix,
          },
        ],
      }),
    });
  };

  it.each(['rsa2048', 'rsa3072', 'rsa4096', 'p256', 'p384', 'p521'])(
    'with a key of kind %s is verified with that key and no other',
    async key => {
      const own = await judge(`keys/${key}`, { key });
      const other = await judge(`keys/${key}`, {
        key: key === 'p256' ? 'p384' : 'p256',
      });
      expect([own.judgement.status, other.judgement.reason]).toEqual([
        'verified',
        'noMatchingKey',
      ]);
    },
  );

  it('with an Ed25519 key is refused, as cosign refuses it: what it signs is not what DSSE says', async () => {
    const { judgement } = await judge('keys/ed25519', { key: 'ed25519' });
    expect(judgement.reason).toBe('noMatchingKey');
  });

  it.each([
    ['forms/sig', 'sigTag', 'a signature under its tag'],
    ['forms/oci11-sig', 'fallbackTag', 'a signature that refers to the image'],
  ])('%s is verified in %s: %s', async (name, place) => {
    const { judgement, evidence } = await judge(name);
    expect(judgement.status).toBe('verified');
    expect(evidence.detail?.statements).toMatchObject([
      { kind: 'signature', foundIn: place, relation: 'exact' },
    ]);
  });

  it.each([
    ['forms/att', 'attTag', 'an attestation under its tag'],
    ['forms/att-referrer', 'fallbackTag', 'one that refers to the image'],
  ])('%s is verified in %s and signs nothing: %s', async (name, place) => {
    const { judgement, provenance } = await judge(name);
    expect(judgement).toMatchObject({
      status: 'unsigned',
      reason: 'attestedOnly',
    });
    expect(provenance.detail?.statements).toMatchObject([
      {
        predicateType: 'https://cosign.sigstore.dev/attestation/v1',
        foundIn: place,
        checks: [{ status: 'verified' }],
      },
    ]);
  });

  it('is not found in another repository unless it is looked for there', async () => {
    const { judgement } = await judge('sep/web');
    expect(judgement).toMatchObject({
      status: 'unsigned',
      reason: 'noSignature',
    });
  });

  it('is found in the repository COSIGN_REPOSITORY named, and the trail says so', async () => {
    const { judgement, evidence, provenance } = await judge('sep/web', {
      signaturesIn: 'acme/signatures',
    });
    expect(judgement.status).toBe('verified');
    expect(provenance.detail?.statements).toMatchObject([
      { checks: [{ status: 'verified' }] },
    ]);
    expect(evidence.detail?.statements).toMatchObject([
      { elsewhere: { repository: `${server.host}/acme/signatures` } },
      { elsewhere: { repository: `${server.host}/acme/signatures` } },
    ]);
    const repository = `${server.host}/acme/signatures`;
    const tag = judgement.decidedBy?.statement.covers?.replace(':', '-');
    expect(evidence.detail?.trail).toContainEqual(
      expect.objectContaining({
        place: 'fallbackTag',
        location: `${repository}:${tag}`,
        found: 2,
      }),
    );
    expect(
      evidence.detail?.trail.filter(({ location }) =>
        location.startsWith(repository),
      ),
    ).toHaveLength(5);
  });

  it('is found under the prefix of its tag, and only there', async () => {
    const statuses = await Promise.all(
      ['team-a.', 'team-b.'].map(async tagPrefix => {
        const { judgement } = await judge('sep/prefixed', {
          signaturesIn: 'acme/signatures',
          tagPrefix,
        });
        return judgement.status;
      }),
    );
    expect(statuses).toEqual(['verified', 'unsigned']);
  });

  it('is not said to be missing when the other repository cannot be proven readable', async () => {
    const { judgement, evidence } = await judge('sep/web', {
      signaturesIn: 'acme/nobody-knows',
    });
    expect(judgement).toMatchObject({
      status: 'unavailable',
      reason: 'accessNotProven',
    });
    expect(evidence).toMatchObject({
      status: 'unavailable',
      reason: 'accessNotProven',
    });
  });

  it('is not looked for there for other images', async () => {
    const { judgement } = await judge('forms/sig', {
      signaturesIn: 'acme/nobody-knows',
    });
    expect(judgement.status).toBe('verified');
  });
});
