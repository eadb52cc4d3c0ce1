import {
  EvidenceOf,
  ImageSubject,
  OriginDetail,
  parseDigest,
} from 'backstage-plugin-supply-chain-common';
import { digestOf, OciRegistryServer } from 'sandbox';
import { createCollectContext, describeEvidenceCollector } from '../testUtils';
import { OriginCollector } from './OriginCollector';
import { RegistryClient } from './RegistryClient';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const REPOSITORY = 'shop/web';

type Fault = Parameters<OciRegistryServer['addFault']>[0]['fault'];

function putImage(
  server: OciRegistryServer,
  name: string,
  annotations?: object,
): string {
  return server.putManifest(REPOSITORY, {
    mediaType: MANIFEST,
    body: {
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: digestOf(name),
        size: 1,
      },
      layers: [],
      ...(annotations && { annotations }),
    },
  });
}

function putIndex(
  server: OciRegistryServer,
  tag: string,
  manifests: object[],
): string {
  return server.putManifest(REPOSITORY, {
    mediaType: INDEX,
    tag,
    body: { schemaVersion: 2, mediaType: INDEX, manifests },
  });
}

function entry(digest: string, overrides: object = {}) {
  return {
    mediaType: MANIFEST,
    digest,
    size: 300,
    platform: { os: 'linux', architecture: 'amd64' },
    ...overrides,
  };
}

async function start() {
  const server = await OciRegistryServer.start();
  const client = RegistryClient.create({
    registries: [
      { host: server.host, insecure: true, allowPrivateAddress: true },
    ],
    limits: { totalTimeoutMs: 300, manifestMaxBytes: 4096 },
  });
  const stop = async () => {
    await client.close();
    await server.stop();
  };
  return {
    server,
    collector: OriginCollector.create({ registry: client }),
    stop,
  };
}

function subjectAt(server: OciRegistryServer, digest: string): ImageSubject {
  return {
    type: 'image',
    repository: `${server.host}/${REPOSITORY}`,
    digest: parseDigest(digest)!,
  };
}

async function collect(
  prepare: (server: OciRegistryServer) => {
    digest: string;
    imageRefs?: string[];
  },
): Promise<EvidenceOf<'origin'>> {
  const { server, collector, stop } = await start();
  try {
    const { digest, imageRefs = [] } = prepare(server);
    const [evidence] = await collector.collect(
      subjectAt(server, digest),
      createCollectContext({
        imageRefs: imageRefs.map(reference => `${server.host}/${reference}`),
      }),
    );
    return evidence;
  } finally {
    await stop();
  }
}

async function detailOf(
  prepare: Parameters<typeof collect>[0],
): Promise<OriginDetail> {
  const { status, detail } = await collect(prepare);
  expect(status).toBe('present');
  return detail!;
}

function withFault(fault?: Fault) {
  return async () => {
    const { server, collector, stop } = await start();
    const digest = putImage(server, 'web');
    if (fault) {
      server.addFault({ fault, path: new RegExp(digest) });
    }
    return { collector, subject: subjectAt(server, digest), stop };
  };
}

describeEvidenceCollector('OriginCollector', {
  present: { start: withFault() },
  // A subject that is not there is no fact about an image: it is unavailable.
  absent: null,
  // A manifest is what it is; there is nothing to verify.
  invalid: null,
  sourceDown: {
    start: withFault({ kind: 'status', status: 503 }),
    reasons: ['registryUnavailable'],
  },
  timeout: { start: withFault({ kind: 'hang' }), reasons: ['registryTimeout'] },
  malformed: {
    start: withFault({ kind: 'html' }),
    reasons: ['wrongContentType', 'malformedDocument', 'digestMismatch'],
  },
  digestMismatch: {
    start: withFault({ kind: 'wrongBytes' }),
    reasons: ['digestMismatch', 'malformedDocument'],
  },
  oversize: {
    start: withFault({ kind: 'oversizedBody', bytes: 100_000 }),
    reasons: ['tooLarge'],
  },
  hanging: { start: withFault({ kind: 'hang' }) },
});

describe('OriginCollector', () => {
  it('lists the image platforms of an index and nothing else', async () => {
    const [amd64, arm, artifact] = ['a', 'b', 'c'].map(name => digestOf(name));
    const detail = await detailOf(server => ({
      digest: putIndex(server, '1.0.0', [
        entry(amd64),
        entry(arm, {
          platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
        }),
        entry(artifact, {
          platform: { os: 'unknown', architecture: 'unknown' },
        }),
        entry(artifact, { artifactType: 'application/spdx+json' }),
        entry(artifact, {
          annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
        }),
        entry(artifact, { mediaType: INDEX }),
        entry(artifact, { platform: undefined }),
        entry(artifact, { platform: { os: '', architecture: 'amd64' } }),
        { digest: 'no digest' },
      ]),
    }));
    expect(detail).toMatchObject({
      kind: 'index',
      mediaType: INDEX,
      parents: [],
      children: [
        { digest: amd64, platform: 'linux/amd64' },
        { digest: arm, platform: 'linux/arm64/v8' },
      ],
    });
  });

  it('finds the index behind the tag or digest that workloads name, when it lists the image', async () => {
    let index = '';
    const detail = await detailOf(server => {
      const digest = putImage(server, 'web');
      index = putIndex(server, '1.0.0', [entry(digest)]);
      const pinned = putIndex(server, 'other', [
        entry(digest),
        entry(digestOf('x')),
      ]);
      return {
        digest,
        imageRefs: ['shop/web:1.0.0', `shop/web@${pinned}`, 'shop/other:1.0.0'],
      };
    });
    expect(detail.kind).toBe('manifest');
    expect(detail.parents).toHaveLength(2);
    expect(detail.parents).toContain(index);
    expect(detail.tags).toEqual([{ tag: '1.0.0', digest: index }]);
  });

  it.each<[string, object]>([
    ['another image', entry(digestOf('another'))],
    ['it as an artifact', { artifactType: 'application/spdx+json' }],
    [
      'it under no platform',
      { platform: { os: 'unknown', architecture: 'unknown' } },
    ],
  ])(
    'takes no index for a parent that lists %s',
    async (_condition, change) => {
      const detail = await detailOf(server => {
        const digest = putImage(server, 'web');
        putIndex(server, '1.0.0', [{ ...entry(digest), ...change }]);
        return { digest, imageRefs: ['shop/web:1.0.0'] };
      });
      expect(detail.parents).toEqual([]);
    },
  );

  it.each<[string, object, OriginDetail['base']]>([
    [
      'name and digest',
      { name: 'docker.io/library/alpine:3.20', digest: digestOf('alpine') },
      {
        name: 'docker.io/library/alpine:3.20',
        digest: parseDigest(digestOf('alpine')),
      },
    ],
    [
      'a name alone',
      { name: 'alpine', digest: 'sha256:12' },
      { name: 'alpine' },
    ],
    ['nothing that is text', { name: 7, digest: {} }, undefined],
    ['nothing at all', {}, undefined],
  ])(
    'reads what the image says it was built on: %s',
    async (_what, base, expected) => {
      const annotations = Object.fromEntries(
        Object.entries(base).map(([key, value]) => [
          `org.opencontainers.image.base.${key}`,
          value,
        ]),
      );
      const { base: read } = await detailOf(server => ({
        digest: putImage(server, 'image', annotations),
      }));
      expect(read).toEqual(expected);
    },
  );

  it('leaves out a tag that is gone', async () => {
    const detail = await detailOf(server => ({
      digest: putImage(server, 'web'),
      imageRefs: ['shop/web:gone', 'not a reference'],
    }));
    expect(detail.tags).toEqual([]);
  });

  it('says nothing when a tag cannot be read: half the parents would be a wrong fact', async () => {
    const evidence = await collect(server => {
      const digest = putImage(server, 'web');
      server.addFault({
        fault: { kind: 'status', status: 403 },
        path: /manifests\/1\.0\.0/,
      });
      return { digest, imageRefs: ['shop/web:1.0.0'] };
    });
    expect(evidence).toMatchObject({
      status: 'unavailable',
      reason: 'registryRefused',
    });
  });

  it('does not say that an image is gone which it may not be allowed to see', async () => {
    const evidence = await collect(() => ({ digest: digestOf('gone') }));
    expect(evidence).toMatchObject({
      status: 'unavailable',
      reason: 'accessNotProven',
    });
  });
});
