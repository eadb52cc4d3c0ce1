import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { OciRegistryServer } from 'sandbox';
import { clientFor, judgeImage } from '../__testUtils__/judge';
import { loadOciLayout } from '../__testUtils__/loadOciLayout';
import { sigstoreRoot } from '../__testUtils__/trustRoots';
import { foldersIn, vectorFolder } from '../__testUtils__/vectors';

// Images of slsa-verifier (gha_generic_container), saved with their attestations by `cosign save`: public-good Sigstore,
// cosign's old format. Up to v1.9.0 their log entries are of kind `intoto` 0.0.1, later `dsse` 0.0.1.
const folder = vectorFolder('slsa-verifier/gha_generic_container');
const PUBLIC_GOOD = 'sigstore-go/examples/trusted-root-public-good.json';
const BUILDER =
  'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml';

if (folder === undefined) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(folder).toBeDefined();
  });
} else {
  describe('container images of slsa-verifier', () => {
    let server: OciRegistryServer;
    let client: RegistryClient;

    beforeAll(async () => {
      server = await OciRegistryServer.start({ referrersApi: false });
      client = clientFor(server);
    });
    afterAll(async () => {
      await client.close();
      await server.stop();
    });

    const trustedRoot = readFileSync(vectorFolder(PUBLIC_GOOD)!, 'utf8');
    const judge = async (version: string, ref: string) => {
      const layout = join(folder, version, 'container_workflow_dispatch');
      const repository = `example/${version}`;
      const digest = loadOciLayout(layout, { server, repository });
      expect(digest).toBe(readFileSync(`${layout}.digest`, 'utf8').trim());
      return judgeImage({
        client,
        repository: `${server.host}/${repository}`,
        digest,
        trustRoots: [
          sigstoreRoot({
            trustedRoot,
            identities: [
              {
                issuer: 'https://token.actions.githubusercontent.com',
                subject: `${BUILDER}@refs/tags/${ref}`,
              },
            ],
          }),
        ],
      });
    };

    const versions = foldersIn(folder);

    it('has its nine versions', () => {
      expect(versions).toHaveLength(9);
    });

    it.each(versions)('%s is attested by its builder', async version => {
      const { judgement, provenance } = await judge(version, version);
      expect(judgement).toMatchObject({
        status: 'unsigned',
        reason: 'attestedOnly',
      });
      expect(provenance.detail?.statements).toMatchObject([
        {
          foundIn: 'attTag',
          signed: true,
          content: {
            type: 'slsaProvenance',
            claims: {
              builderId: `${BUILDER}@refs/tags/${version}`,
              source: {
                repository: 'https://github.com/slsa-framework/example-package',
              },
            },
          },
          checks: [{ status: 'verified' }],
        },
      ]);
    });

    it.each(versions)('%s is not that of another builder', async version => {
      const { provenance } = await judge(version, 'v0.0.0');
      expect(provenance.detail?.statements[0].checks).toMatchObject([
        { status: 'untrustedSigner', reason: 'identityMismatch' },
      ]);
    });
  });
}
