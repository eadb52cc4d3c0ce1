import {
  Digest,
  EvidenceOf,
  ImageSubject,
  OriginDetail,
  parseDigest,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import {
  createCollectContext,
  describeEvidenceCollector,
} from 'backstage-plugin-supply-chain-node/testUtils';
import {
  digestOf,
  NOTATION_ARTIFACT_TYPE,
  OciDescriptor,
  OciRegistryServer,
  publishNotationSignature,
  signForNotation,
} from 'sandbox';
import { NotationCollector } from './NotationCollector';
import {
  AUTHORITY,
  FORMATS,
  inDays,
  NOW,
  rootFor,
  rootWithTimestamps,
  SIGNED_AT,
  SIGNER,
  signerChain,
} from './__testUtils__/signing';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const REPOSITORY = 'shop/web';

type Fault = Parameters<OciRegistryServer['addFault']>[0]['fault'];
type SignOptions = Partial<
  Parameters<typeof signForNotation>[0] &
    Parameters<typeof publishNotationSignature>[0]
>;

/** A registry with one image, and what signs it. */
class World {
  readonly image: OciDescriptor;
  readonly collector: NotationCollector;
  trustRoots: TrustRoot[] = [rootFor(SIGNER)];

  static async start(
    options: { referrersApi?: boolean; totalTimeoutMs?: number } = {},
  ): Promise<World> {
    const { referrersApi, totalTimeoutMs = 20_000 } = options;
    const server = await OciRegistryServer.start({ referrersApi });
    const client = RegistryClient.create({
      registries: [
        { host: server.host, insecure: true, allowPrivateAddress: true },
      ],
      limits: { totalTimeoutMs },
    });
    return new World(server, client);
  }

  private constructor(
    readonly server: OciRegistryServer,
    readonly client: RegistryClient,
  ) {
    this.collector = NotationCollector.create({ registry: client });
    this.image = this.putManifest({ layers: [] });
  }

  get subject(): ImageSubject {
    return {
      type: 'image',
      repository: `${this.server.host}/${REPOSITORY}`,
      digest: this.image.digest as Digest,
    };
  }

  putManifest(
    parts: object,
    mediaType = MANIFEST,
    tag?: string,
  ): OciDescriptor {
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType,
      ...(mediaType === MANIFEST && {
        config: { mediaType: 'application/x', digest: digestOf(''), size: 0 },
      }),
      ...parts,
    });
    const digest = this.server.putManifest(REPOSITORY, {
      mediaType,
      body,
      tag,
    });
    return { mediaType, digest, size: body.length };
  }

  /** Signs as notation does. */
  sign(options: SignOptions = {}): string {
    const common = { format: 'jws' as const, chain: SIGNER, ...options };
    return publishNotationSignature({
      registry: this.server,
      repository: REPOSITORY,
      subject: this.image,
      createdAt: SIGNED_AT,
      envelope: signForNotation({
        target: options.subject ?? this.image,
        signingTime: SIGNED_AT,
        ...common,
      }),
      ...common,
    });
  }

  /** A manifest that says it carries a signature. */
  refer(parts: object): OciDescriptor {
    return this.putManifest({
      artifactType: NOTATION_ARTIFACT_TYPE,
      subject: this.image,
      ...parts,
    });
  }

  origin(parents: string[] = []): EvidenceOf<'origin'> {
    const detail: OriginDetail = {
      kind: 'manifest',
      mediaType: MANIFEST,
      sizeBytes: this.image.size,
      children: [],
      parents: parents.map(digest => parseDigest(digest)!),
      tags: [],
    };
    return {
      subject: this.subject,
      collector: 'origin',
      kind: 'origin',
      status: 'present',
      observedAt: NOW.toISOString(),
      detail,
    };
  }

  async collect(
    origin: EvidenceOf<'origin'> | undefined = this.origin(),
  ): Promise<EvidenceOf<'signature'>> {
    const [evidence] = await this.collector.collect(
      this.subject,
      createCollectContext({ now: NOW, trustRoots: this.trustRoots, origin }),
    );
    return evidence;
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }
}

/** A situation of the shared suite. */
function situation(
  prepare: (world: World) => void,
  fault?: { path: string | RegExp; fault: Fault },
) {
  return async () => {
    const world = await World.start({
      totalTimeoutMs: fault?.fault.kind === 'hang' ? 500 : undefined,
    });
    prepare(world);
    if (fault) {
      world.server.addFault(fault);
    }
    return {
      collector: world.collector,
      subject: world.subject,
      context: {
        now: NOW,
        trustRoots: world.trustRoots,
        origin: world.origin(),
      },
      stop: () => world.stop(),
    };
  };
}

const referrers = /\/referrers\//;
const manifests = /\/manifests\//;
const blobs = /\/blobs\//;
const unsigned = () => {};
const signed = (world: World) => {
  world.sign();
};

describeEvidenceCollector('NotationCollector', {
  present: { start: situation(signed) },
  absent: { start: situation(unsigned) },
  invalid: {
    start: situation(world => {
      world.sign({ envelope: Buffer.from('{}') });
    }),
  },
  sourceDown: {
    start: situation(unsigned, {
      path: referrers,
      fault: { kind: 'status', status: 503 },
    }),
    reasons: ['registryUnavailable'],
  },
  timeout: {
    start: situation(unsigned, { path: referrers, fault: { kind: 'hang' } }),
    reasons: ['registryTimeout'],
  },
  malformed: {
    start: situation(world => {
      world.refer({ layers: [] });
    }),
    reasons: ['malformedDocument'],
  },
  digestMismatch: {
    start: situation(signed, { path: blobs, fault: { kind: 'wrongBytes' } }),
    reasons: ['digestMismatch'],
  },
  oversize: {
    start: situation(world => {
      world.sign({ envelope: Buffer.alloc(256 * 1024 + 1) });
    }),
    reasons: ['tooLarge'],
  },
  hanging: {
    start: situation(unsigned, { path: manifests, fault: { kind: 'hang' } }),
  },
});

describe('NotationCollector', () => {
  jest.setTimeout(30_000);

  let world: World;
  beforeEach(async () => {
    world = await World.start();
  });
  afterEach(() => world.stop());

  it.each(FORMATS)(
    'verifies a signature in %s, in either form of manifest',
    async format => {
      world.sign({ format, form: 'artifactType' });
      world.sign({ format, form: 'config' });
      const { detail } = await world.collect();
      expect(detail?.scheme).toBe('notation');
      expect(detail?.statements).toHaveLength(2);
      for (const statement of detail!.statements) {
        expect(statement).toMatchObject({
          scheme: 'notation',
          kind: 'signature',
          covers: world.image.digest,
          foundIn: 'referrers',
          relation: 'exact',
          checks: [{ trustRoot: 'acme', status: 'verified' }],
        });
      }
      expect(detail?.trail).toEqual([
        {
          place: 'referrers',
          scheme: 'notation',
          location: world.image.digest,
          about: world.image.digest,
          complete: true,
          found: 2,
        },
        expect.objectContaining({
          place: 'fallbackTag',
          complete: true,
          found: 0,
        }),
      ]);
    },
  );

  it('finds a signature under the tag that stands in for the API, beside others', async () => {
    await world.stop();
    world = await World.start({ referrersApi: false });
    const digests = [
      world.sign(),
      world.putManifest({ layers: [], subject: world.image }).digest,
    ];
    world.putManifest(
      {
        manifests: digests.map(digest => ({
          mediaType: MANIFEST,
          // What the list says about them is not believed.
          artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
          digest,
          size: 1,
        })),
      },
      INDEX,
      world.image.digest.replace(':', '-'),
    );
    const { detail } = await world.collect();
    expect(detail?.statements).toMatchObject([
      {
        foundIn: 'fallbackTag',
        carrier: digests[0],
        checks: [{ status: 'verified' }],
      },
    ]);
    expect(
      detail?.trail.map(({ place, found, note }) => [place, found, note]),
    ).toEqual([
      ['referrers', 0, expect.stringContaining('tag was read')],
      ['fallbackTag', 1, '1 other artifacts'],
    ]);
  });

  it('finds a signature of an index that lists the image', async () => {
    const index = world.putManifest({ manifests: [world.image] }, INDEX);
    world.sign({ subject: index });
    const { detail } = await world.collect(world.origin([index.digest]));
    expect(detail?.statements).toMatchObject([
      {
        relation: 'viaIndex',
        covers: index.digest,
        checks: [{ status: 'verified' }],
      },
    ]);
  });

  it('is not complete without the index that lists the image', async () => {
    const gone = digestOf('gone');
    await expect(world.collect(world.origin([gone]))).resolves.toMatchObject({
      status: 'unavailable',
      reason: 'notFound',
    });
  });

  it('is not complete when nobody knows which indexes list the image', async () => {
    const unknown: EvidenceOf<'origin'> = {
      ...world.origin(),
      status: 'unavailable',
      reason: 'registryTimeout',
      detail: undefined,
    };
    await expect(world.collect(unknown)).resolves.toMatchObject({
      status: 'unavailable',
      reason: 'registryTimeout',
    });
  });

  it('case 9: refuses a manifest that names another subject than the list it stands in', async () => {
    await world.stop();
    world = await World.start({ referrersApi: false });
    const other = world.putManifest({
      layers: [],
      annotations: { other: 'x' },
    });
    const carrier = world.sign({ subject: other, target: world.image });
    world.putManifest(
      { manifests: [{ mediaType: MANIFEST, digest: carrier, size: 1 }] },
      INDEX,
      world.image.digest.replace(':', '-'),
    );
    const { detail } = await world.collect();
    expect(detail?.statements[0].checks).toEqual([
      { trustRoot: 'acme', status: 'invalid', reason: 'subjectMismatch' },
    ]);
  });

  it('case 2: refuses a signature that was copied from another image', async () => {
    const other = world.putManifest({
      layers: [],
      annotations: { other: 'x' },
    });
    world.sign({ target: other });
    const { detail } = await world.collect();
    expect(detail?.statements[0]).toMatchObject({
      covers: other.digest,
      checks: [{ status: 'invalid', reason: 'payloadDigestMismatch' }],
    });
  });

  it('states a bad signature beside a good one, each as it is', async () => {
    world.sign({ chain: signerChain() });
    world.sign();
    world.sign({ envelope: Buffer.from('x') });
    const { detail } = await world.collect();
    expect(
      detail?.statements.map(({ checks: [{ status }] }) => status).sort(),
    ).toEqual(['invalid', 'untrustedSigner', 'verified']);
  });

  it.each<[string, object]>([
    [
      'two layers',
      {
        layers: [1, 2].map(size => ({
          mediaType: 'application/cose',
          digest: digestOf('x'),
          size,
        })),
      },
    ],
    [
      'a layer of another type',
      {
        layers: [
          { mediaType: 'application/x', digest: digestOf('x'), size: 1 },
        ],
      },
    ],
    [
      'a layer without a digest',
      { layers: [{ mediaType: 'application/cose', size: 1 }] },
    ],
  ])('is not complete when a signature has %s', async (_what, parts) => {
    world.refer(parts);
    await expect(world.collect()).resolves.toMatchObject({
      status: 'unavailable',
      reason: 'malformedDocument',
    });
  });

  it('case 57: reads no more signatures than it verifies, and says so', async () => {
    for (let index = 0; index < 65; index += 1) {
      world.sign({ signingTime: new Date(SIGNED_AT.getTime() + index * 1000) });
    }
    const { detail } = await world.collect();
    expect(detail?.statements).toHaveLength(64);
    expect(detail?.trail[0]).toMatchObject({
      complete: false,
      reason: 'tooManyCandidates',
    });
  });

  it('lists signatures that nobody judges, without a trust root for them', async () => {
    world.sign();
    world.trustRoots = [];
    const { status, detail } = await world.collect();
    expect(status).toBe('present');
    expect(detail?.statements[0].checks).toEqual([]);
  });

  it('says when the image was signed, by the word of a timestamp authority', async () => {
    world.trustRoots = [rootWithTimestamps()];
    world.sign({ timestamp: bytes => AUTHORITY.timestamp(bytes, SIGNED_AT) });
    const { detail } = await world.collect();
    expect(detail?.statements[0].checks[0].signedAt).toBe(
      SIGNED_AT.toISOString(),
    );
  });

  it('stands for a day, or until the clock alone makes it wrong', async () => {
    world.sign();
    expect((await world.collect()).expiresAt).toBe(inDays(1).toISOString());
    world.sign({ expiry: inDays(0.5) });
    expect((await world.collect()).expiresAt).toBe(inDays(0.5).toISOString());
  });

  it('case 89: says that the image is gone, or that it may not be read', async () => {
    world.server.addFault({
      path: manifests,
      fault: { kind: 'status', status: 403 },
    });
    await expect(world.collect()).resolves.toMatchObject({
      status: 'unavailable',
      reason: 'registryRefused',
    });
    world.server.clearFaults();
    world.server.addFault({
      path: manifests,
      fault: { kind: 'status', status: 404 },
    });
    const { status, reason } = await world.collect();
    expect([status, reason]).toEqual(['unavailable', 'accessNotProven']);
  });
});
