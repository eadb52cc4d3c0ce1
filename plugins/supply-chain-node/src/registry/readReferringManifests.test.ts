import { Digest, parseDigest } from 'backstage-plugin-supply-chain-common';
import { digestOf, OciRegistryServer } from 'sandbox';
import {
  readReferringManifests,
  ReferringManifestsOptions,
  REFERRERS_MAX,
} from './readReferringManifests';
import { RegistryClient } from './RegistryClient';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

/** A registry with one image and what refers to it. */
class World {
  readonly image: Digest;

  static async start(options: { referrersApi?: boolean } = {}): Promise<World> {
    const server = await OciRegistryServer.start(options);
    const client = RegistryClient.create({
      registries: [
        { host: server.host, insecure: true, allowPrivateAddress: true },
      ],
    });
    return new World(server, client);
  }

  private constructor(
    readonly server: OciRegistryServer,
    readonly client: RegistryClient,
  ) {
    this.image = this.putManifest({});
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }

  putManifest(parts: object): Digest {
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType: 'application/x', digest: digestOf(''), size: 0 },
      layers: [],
      ...parts,
    });
    const digest = this.server.putManifest('shop/web', {
      mediaType: MANIFEST,
      body,
    });
    return parseDigest(digest)!;
  }

  refer(name: string, subject = this.image): Digest {
    return this.putManifest({
      annotations: { name },
      subject: { mediaType: MANIFEST, digest: subject, size: 1 },
    });
  }

  putIndex(tag: string, digests: string[]): void {
    const manifests = digests.map(digest => ({
      mediaType: MANIFEST,
      digest,
      size: 1,
    }));
    this.server.putManifest('shop/web', {
      mediaType: INDEX,
      body: JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }),
      tag,
    });
  }

  async read(
    pick: ReferringManifestsOptions<string>['pick'] = (
      { json },
      isForeign,
    ) => ({
      items: isForeign ? [] : [(json.annotations as { name: string }).name],
    }),
  ) {
    const repository = `${this.server.host}/shop/web`;
    const access = await this.client.proveAccess(repository, this.image);
    return readReferringManifests({
      registry: this.client,
      repository,
      about: this.image,
      options: { proof: access.ok ? access.value.proof : undefined },
      pick,
    });
  }
}

describe('readReferringManifests', () => {
  let world: World;
  afterEach(() => world.stop());

  const tag = () => world.image.replace(':', '-');

  it('reads the API and the tag, and a referrer that stands in both once', async () => {
    world = await World.start();
    const inBoth = world.refer('both');
    const tagged = world.refer('tagged', parseDigest(digestOf('other')));
    world.putIndex(tag(), [inBoth, tagged]);
    await expect(
      world.read(({ json }) => ({
        items: [(json.annotations as { name: string }).name],
      })),
    ).resolves.toEqual([
      {
        place: 'referrers',
        location: world.image,
        about: world.image,
        items: ['both'],
      },
      {
        place: 'fallbackTag',
        location: tag(),
        about: world.image,
        items: ['tagged'],
      },
    ]);
  });

  it('says which manifests name another subject than the list does', async () => {
    world = await World.start({ referrersApi: false });
    const foreign = world.refer('foreign', parseDigest(digestOf('other')));
    world.putIndex(tag(), [world.refer('own'), foreign]);
    const [api, fallback] = await world.read();
    expect(api).toMatchObject({
      items: [],
      note: expect.stringContaining('tag was read'),
    });
    expect(fallback).toMatchObject({
      items: ['own'],
      note: '1 other artifacts',
    });
  });

  it('is complete and empty when nothing refers to the image', async () => {
    world = await World.start();
    const looks = await world.read();
    expect(looks.map(({ items, reason }) => [items, reason])).toEqual([
      [[], undefined],
      [[], undefined],
    ]);
  });

  it('is not complete when a manifest of the list is not there', async () => {
    world = await World.start({ referrersApi: false });
    world.putIndex(tag(), [digestOf('gone')]);
    const [, fallback] = await world.read();
    expect(fallback.reason).toBe('notFound');
  });

  it('is not complete when the reader could not make something out', async () => {
    world = await World.start();
    world.refer('odd');
    const [api] = await world.read(() => ({
      items: [],
      reason: 'malformedDocument',
    }));
    expect(api).toMatchObject({
      reason: 'malformedDocument',
      note: '1 other artifacts',
    });
  });

  it('is not complete when more refers to the image than is read', async () => {
    world = await World.start();
    Array.from({ length: REFERRERS_MAX + 1 }, (_, index) =>
      world.refer(`referrer ${index}`),
    );
    const [api] = await world.read();
    expect(api.items).toHaveLength(REFERRERS_MAX);
    expect(api.reason).toBe('tooManyCandidates');
  });

  it('is not complete when the registry refuses', async () => {
    world = await World.start();
    world.server.addFault({
      path: /referrers/,
      fault: { kind: 'status', status: 403 },
    });
    const [api, ...others] = await world.read();
    expect(api.reason).toBe('registryRefused');
    expect(others).toEqual([]);
  });
});
