import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { loadRegistryDump, OciRegistryServer } from 'sandbox';
import { clientFor, judgeImage } from '../__testUtils__/judge';
import { keyRoot, sigstoreRoot } from '../__testUtils__/trustRoots';

// A part of the recording that the whole table in cosign.test.ts runs over, so that it is never without real bytes.
const folder = resolve(__dirname, '../__fixtures__/cosign');
const read = (file: string) => readFileSync(resolve(folder, file), 'utf8');

describe('recorded signatures', () => {
  const content = ['registry', 'keyless'].map(name =>
    loadRegistryDump(resolve(folder, name), { referrersApi: true }),
  );
  let server: OciRegistryServer;
  let client: RegistryClient;

  beforeAll(async () => {
    server = await OciRegistryServer.start({ content });
    client = clientFor(server);
  });
  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  it.each<[string, string, string | undefined, string]>([
    ['payments', 'verified', undefined, 'signed by cosign 2'],
    ['web-2sig', 'verified', undefined, 'signed twice by cosign 3'],
    ['multi', 'verified', undefined, 'an index that is signed'],
    ['other', 'invalid', 'payloadDigestMismatch', 'a bundle of another image'],
    [
      'legacy-replay',
      'invalid',
      'payloadDigestMismatch',
      'a signature of another image',
    ],
    ['att-only', 'unsigned', 'attestedOnly', 'attested and not signed (L13)'],
    ['kl-ci', 'verified', undefined, 'signed by a workflow'],
  ])('%s is %s (%s): %s', async (name, status, reason) => {
    const repository = content
      .flatMap(({ repositories }) => repositories)
      .find(each => each.name === `shop/${name}`)!;
    const [digest] = Object.entries(repository.tags)
      .filter(([tag]) => !tag.startsWith('sha256-'))
      .map(([, each]) => each);
    const { judgement } = await judgeImage({
      client,
      repository: `${server.host}/shop/${name}`,
      digest,
      trustRoots: [
        keyRoot({ pem: read('keys/cosign-test.pub') }),
        sigstoreRoot({
          trustedRoot: read('keyless/trusted_root.json'),
          signedCertificateTimestamps: 'none',
          identities: [
            {
              issuer: 'http://127.0.0.1:18081',
              subject: {
                glob: 'https://github.com/example-org/shop-web/.github/workflows/*@refs/heads/main',
              },
            },
          ],
        }),
      ],
    });
    expect([judgement.status, judgement.reason]).toEqual([status, reason]);
  });
});
