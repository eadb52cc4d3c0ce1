import { existsSync, readdirSync, readFileSync } from 'fs';
import { basename, join, resolve } from 'path';
import { Digest } from 'backstage-plugin-supply-chain-common';
import { loadRegistryDump, OciRegistryServer } from 'sandbox';
import { parseDescriptor } from './parseDescriptor';
import { RegistryClient } from './RegistryClient';

// Registries as real clients left them: with the referrers API, and as docker-registry 2.8 answers.
const vectors =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');
const dumps = ['dump-referrers-api', 'dump-fallback-tags']
  .map(name => join(vectors, 'cosign', name))
  .filter(directory => existsSync(directory));

if (dumps.length === 0) {
  // eslint-disable-next-line jest/no-disabled-tests, jest/expect-expect
  it.skip('skipped: no vectors', () => undefined);
}

dumps.forEach(directory => {
  describe(`the recorded registry ${basename(directory)}`, () => {
    const referrersApi = directory.endsWith('referrers-api');
    let server: OciRegistryServer;
    let client: RegistryClient;

    beforeAll(async () => {
      server = await OciRegistryServer.start({
        content: [loadRegistryDump(directory, { referrersApi })],
      });
      client = RegistryClient.create({
        registries: [
          { host: server.host, insecure: true, allowPrivateAddress: true },
        ],
      });
    });

    afterAll(async () => {
      await client.close();
      await server.stop();
    });

    const repositories = readdirSync(join(directory, 'repos')).map(file => ({
      name: file.replace('.json', '').replace('__', '/'),
      dump: JSON.parse(readFileSync(join(directory, 'repos', file), 'utf8')),
    }));

    it.each(repositories)(
      'gives every tag, manifest, blob and referrer of $name',
      async ({ name, dump }) => {
        const repository = `${server.host}/${name}`;
        for (const [tag, digest] of Object.entries(dump.tags)) {
          expect(await client.getManifest(repository, tag)).toMatchObject({
            ok: true,
            value: { digest },
          });
        }
        for (const digest of Object.keys(dump.manifests) as Digest[]) {
          const access = await client.proveAccess(repository, digest);
          expect(access).toMatchObject({ ok: true });
          const value = access.ok ? access.value : undefined;
          const layers = (value?.manifest.json.layers ?? []) as unknown[];
          for (const layer of layers.map(parseDescriptor)) {
            expect(
              layer && (await client.getBlob(repository, layer)),
            ).toMatchObject({ ok: true });
          }
          const recorded = dump.referrers?.[digest] ?? [];
          const tagged = dump.tags[digest.replace(':', '-')];
          const expected =
            tagged === undefined
              ? recorded
              : JSON.parse(
                  readFileSync(
                    join(directory, 'blobs/sha256', tagged.slice(7)),
                    'utf8',
                  ),
                ).manifests;
          const referrers = await client.listReferrers(repository, digest, {
            proof: value?.proof,
          });
          const digests = (entries: Array<{ digest: string }>) =>
            entries.map(entry => entry.digest).sort();
          expect(referrers).toMatchObject({
            ok: true,
            value: {
              complete: true,
              source: referrersApi ? 'api' : 'fallbackTag',
            },
          });
          expect(referrers.ok && digests(referrers.value.descriptors)).toEqual(
            digests(expected),
          );
        }
      },
    );
  });
});
