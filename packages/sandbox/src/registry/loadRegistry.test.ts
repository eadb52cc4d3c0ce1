import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { digestOf, OCI_INDEX } from './content';
import { CaseRegistry, loadCaseRegistry } from './loadCaseRegistry';
import { loadRegistryDump } from './loadRegistryDump';
import { OciRegistryServer } from './OciRegistryServer';

const vectors =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');
const present = existsSync(join(vectors, 'cosign'));
const whenPresent = present ? describe : describe.skip;

whenPresent(
  present ? 'recorded registries' : 'recorded registries (skipped: no vectors)',
  () => {
    let server: OciRegistryServer | undefined;

    afterEach(async () => {
      await server?.stop();
      server = undefined;
    });

    async function serve(content: ReturnType<typeof loadRegistryDump>) {
      server = await OciRegistryServer.start({ content: [content] });
      return (path: string) => fetch(`${server!.url}${path}`);
    }

    it.each([
      ['dump-referrers-api', true],
      ['dump-fallback-tags', false],
      ['../cosign/keyless/dump', true],
    ])(
      'serves every byte of %s under its digest',
      async (folder, referrersApi) => {
        const content = loadRegistryDump(join(vectors, 'cosign', folder));
        const ask = await serve(content);
        expect(content.repositories.length).toBeGreaterThan(1);
        for (const repository of content.repositories) {
          expect(repository.referrersApi).toBe(referrersApi);
          for (const digest of Object.keys(repository.manifests)) {
            const answer = await ask(
              `/v2/${repository.name}/manifests/${digest}`,
            );
            expect(digestOf(Buffer.from(await answer.arrayBuffer()))).toBe(
              digest,
            );
          }
          for (const [digest, blob] of Object.entries(repository.blobs)) {
            expect(digestOf(blob)).toBe(digest);
          }
        }
      },
    );

    it('repeats the recorded referrers word for word', async () => {
      const directory = join(vectors, 'cosign/dump-referrers-api');
      const ask = await serve(loadRegistryDump(directory));
      const recorded = JSON.parse(
        readFileSync(join(directory, 'repos/shop__web.json'), 'utf8'),
      );
      for (const [subject, manifests] of Object.entries(recorded.referrers)) {
        const answer = await ask(`/v2/shop/web/referrers/${subject}`);
        expect(await answer.json()).toEqual({
          schemaVersion: 2,
          mediaType: OCI_INDEX,
          manifests,
        });
      }
    });

    it('lets a caller overrule whether the API exists', () => {
      const [repository] = loadRegistryDump(
        join(vectors, 'cosign/dump-fallback-tags'),
        { referrersApi: true },
      ).repositories;
      expect(repository.referrersApi).toBe(true);
    });

    it('serves every case of cosign-mock under its digests', async () => {
      const root = join(vectors, 'cosign-mock/cases');
      const names = readdirSync(root);
      expect(names.length).toBeGreaterThan(20);
      for (const name of names) {
        const { repositories } = loadCaseRegistry(readCase(root, name));
        for (const [digest, { body }] of Object.entries(
          repositories[0].manifests,
        )) {
          expect(digestOf(body)).toBe(digest);
        }
      }
    });

    it('lists a referrer whose subject is another digest for the tagged image', async () => {
      const document = readCase(
        join(vectors, 'cosign-mock/cases'),
        'bundle-manifest-subject-mismatch_warn',
      );
      const ask = await serve(loadCaseRegistry(document));
      const image = document.tags['1.0'];
      const index = await (
        await ask(`/v2/${document.repository}/referrers/${image}`)
      ).json();
      expect(index.manifests).toHaveLength(1);
    });
  },
);

function readCase(root: string, name: string): CaseRegistry {
  return JSON.parse(readFileSync(join(root, name, 'registry.json'), 'utf8'));
}
