import {
  EvidenceOf,
  parseDigest,
  PlaceLook,
} from 'backstage-plugin-supply-chain-common';
import {
  createCollectContext,
  describeEvidenceCollector,
} from 'backstage-plugin-supply-chain-node/testUtils';
import {
  COSIGN_SIGN_PREDICATE,
  createKeyedBundle,
  createLegacyKeyedSignature,
  createSigningKey,
  digestOf,
  OciRegistryServer,
  publishBundle,
  publishLegacySignatures,
  signatureStatement,
  simpleSigningPayload,
} from 'sandbox';
import {
  CREATED_AT,
  ImageWorld,
  INDEX,
  MANIFEST,
  REPOSITORY,
} from './__testUtils__/ImageWorld';

type Fault = Parameters<OciRegistryServer['addFault']>[0]['fault'];

function scenario(prepare: (world: ImageWorld) => void) {
  return async () => {
    const world = await ImageWorld.start();
    prepare(world);
    return {
      collector: world.collector,
      subject: world.subject,
      context: { trustRoots: [world.trustRoot], origin: world.origin() },
      stop: () => world.stop(),
    };
  };
}

function faulty(fault: Fault, path: RegExp = /./) {
  return scenario(world => {
    world.sign();
    world.server.addFault({ fault, path });
  });
}

describeEvidenceCollector('SigstoreCollector', {
  present: {
    start: scenario(world => {
      world.sign();
      world.attest();
    }),
  },
  absent: { start: scenario(() => {}) },
  invalid: {
    start: scenario(world => {
      const other = world.putManifest({ layers: [], annotations: { a: 'b' } });
      publishBundle({
        registry: world.server,
        repository: REPOSITORY,
        subject: world.image,
        bundle: createKeyedBundle({
          key: world.key,
          statement: signatureStatement(other.digest),
        }),
        createdAt: CREATED_AT,
      });
      world.attest({
        change: statement => {
          statement.subject = signatureStatement(other.digest).subject;
        },
      });
    }),
    expect: evidence =>
      evidence.forEach(({ detail }) =>
        expect(detail).toMatchObject({
          statements: expect.arrayContaining([
            expect.objectContaining({
              checks: [
                expect.objectContaining({
                  status: 'invalid',
                  reason: 'payloadDigestMismatch',
                }),
              ],
            }),
          ]),
        }),
      ),
  },
  sourceDown: {
    start: faulty({ kind: 'status', status: 503 }),
    reasons: ['registryUnavailable'],
  },
  timeout: { start: faulty({ kind: 'hang' }), reasons: ['registryTimeout'] },
  malformed: {
    start: faulty({ kind: 'html' }, /referrers/),
    reasons: ['wrongContentType', 'malformedDocument'],
  },
  digestMismatch: {
    start: faulty({ kind: 'wrongBytes' }, /blobs/),
    reasons: ['digestMismatch'],
  },
  oversize: {
    start: faulty({ kind: 'oversizedBody', bytes: 20_000_000 }, /blobs/),
    reasons: ['tooLarge', 'digestMismatch', 'malformedDocument'],
  },
  hanging: { start: faulty({ kind: 'hang' }) },
});

describe('SigstoreCollector', () => {
  let world: ImageWorld;

  beforeEach(async () => {
    world = await ImageWorld.start();
  });
  afterEach(async () => {
    await world.stop();
  });

  const lookAt = (
    evidence: EvidenceOf<'signature'>,
    place: PlaceLook['place'],
  ) => evidence.detail?.trail.find(look => look.place === place);

  it('lists every place it looked at, also when there is nothing', async () => {
    const evidence = await world.collect();
    expect(evidence.status).toBe('absent');
    expect(
      evidence.detail?.trail.map(({ place, complete, found }) => [
        place,
        complete,
        found,
      ]),
    ).toEqual([
      ['referrers', true, 0],
      ['fallbackTag', true, 0],
      ['sigTag', true, 0],
      ['attTag', true, 0],
      ['sbomTag', true, 0],
    ]);
  });

  it('finds signatures in all places at once: none hides the other', async () => {
    world.sign();
    world.signLegacy([world.key, createSigningKey()]);
    const { detail } = await world.collect();
    expect(
      detail?.statements.map(({ foundIn, checks }) => [
        foundIn,
        checks[0].status,
      ]),
    ).toEqual([
      ['referrers', 'verified'],
      ['sigTag', 'verified'],
      ['sigTag', 'untrustedSigner'],
    ]);
  });

  it('reads the fallback tag beside the referrers API, each referrer once', async () => {
    const first = world.sign();
    const other = world.sign(world.image, createSigningKey());
    world.server.putManifest(REPOSITORY, {
      mediaType: INDEX,
      tag: world.image.digest.replace(':', '-'),
      body: {
        schemaVersion: 2,
        mediaType: INDEX,
        manifests: [first, other].map(digest => ({
          mediaType: MANIFEST,
          digest,
          size: 800,
        })),
      },
    });
    const evidence = await world.collect();
    expect(lookAt(evidence, 'referrers')).toMatchObject({ found: 2 });
    expect(lookAt(evidence, 'fallbackTag')).toMatchObject({
      found: 0,
      complete: true,
    });
    expect(evidence.detail?.statements).toHaveLength(2);
  });

  it('reads the fallback tag alone where there is no API', async () => {
    world.sign();
    world.server.setReferrersApi(false);
    const carrier = world.sign();
    world.server.putManifest(REPOSITORY, {
      mediaType: INDEX,
      tag: world.image.digest.replace(':', '-'),
      body: {
        schemaVersion: 2,
        mediaType: INDEX,
        manifests: [{ mediaType: MANIFEST, digest: carrier, size: 800 }],
      },
    });
    const evidence = await world.collect();
    expect(lookAt(evidence, 'fallbackTag')).toMatchObject({ complete: true });
    expect(evidence.detail?.statements[0]).toMatchObject({
      foundIn: 'fallbackTag',
      checks: [{ status: 'verified' }],
    });
  });

  it('covers a manifest by a signature of the index that lists it', async () => {
    const index = world.putManifest({ annotations: { index: 'yes' } });
    world.sign(index);
    const { detail } = await world.collect(world.origin([index.digest]));
    expect(detail?.statements).toMatchObject([
      { relation: 'viaIndex', covers: index.digest },
    ]);
  });

  it('does not cover an index by a signature of a manifest it lists', async () => {
    const index = world.putManifest({
      layers: [],
      annotations: { a: 'index' },
    });
    world.sign();
    const [evidence] = await world.collector.collect(
      { ...world.subject, digest: parseDigest(index.digest)! },
      createCollectContext({
        trustRoots: [world.trustRoot],
        origin: world.origin(),
      }),
    );
    expect(evidence.status).toBe('absent');
  });

  it('believes no annotation about what a bundle states', async () => {
    world.attest();
    const { detail } = await world.collect();
    const [{ carrier }] = detail!.statements;
    const manifest = world.server.store
      .find(REPOSITORY)!
      .manifests[carrier].body.toString('utf8')
      .replace('https://slsa.dev/provenance/v1', COSIGN_SIGN_PREDICATE);
    world.server.putManifest(REPOSITORY, {
      mediaType: MANIFEST,
      body: manifest,
    });
    const evidence = await world.collect();
    expect(evidence.detail?.statements.map(({ kind }) => kind)).toEqual([
      'attestation',
      'attestation',
    ]);
  });

  it('does not call an image unsigned while its indexes are not known', async () => {
    const [evidence] = await world.collector.collect(
      world.subject,
      createCollectContext({ trustRoots: [world.trustRoot] }),
    );
    expect(evidence).toMatchObject({
      status: 'unavailable',
      reason: 'notCollectedYet',
    });
  });

  it('refuses a referrer that names another subject', async () => {
    const other = world.putManifest({ annotations: { other: 'yes' } });
    const carrier = world.sign(other);
    world.server.addReferrer(REPOSITORY, world.image.digest, {
      mediaType: MANIFEST,
      digest: carrier,
      size: 800,
    });
    const { detail } = await world.collect();
    expect(detail?.statements[0].checks).toEqual([
      { trustRoot: 'key', status: 'invalid', reason: 'subjectMismatch' },
    ]);
  });

  it('counts other artifacts and leaves them alone', async () => {
    world.putManifest({
      artifactType: 'application/vnd.cncf.notary.signature',
      layers: [
        { mediaType: 'application/jose+json', digest: digestOf('x'), size: 1 },
      ],
      subject: world.image,
    });
    const evidence = await world.collect();
    expect(evidence.status).toBe('absent');
    expect(lookAt(evidence, 'referrers')).toMatchObject({
      found: 0,
      note: '1 other artifacts',
    });
  });

  it('keeps what it found when a place cannot be read, and says which', async () => {
    world.sign();
    world.server.addFault({
      fault: { kind: 'status', status: 403 },
      path: /\.sig/,
    });
    const evidence = await world.collect();
    expect(evidence.status).toBe('present');
    expect(lookAt(evidence, 'sigTag')).toMatchObject({
      complete: false,
      reason: 'registryRefused',
    });
  });

  it('does not call an image unsigned when a signature cannot be fetched', async () => {
    world.sign();
    world.server.addFault({
      fault: { kind: 'status', status: 404 },
      path: /blobs/,
    });
    const evidence = await world.collect();
    expect(evidence.status).toBe('unavailable');
  });

  it('reads no more than its limit, and says so', async () => {
    world.signLegacy(Array.from({ length: 65 }, () => world.key));
    const evidence = await world.collect();
    expect(evidence.detail?.statements).toHaveLength(64);
    expect(lookAt(evidence, 'sigTag')).toMatchObject({
      complete: false,
      reason: 'tooManyCandidates',
      found: 64,
    });
  });

  it('reads no more candidates than its limit over all places', async () => {
    world.signLegacy(Array.from({ length: 64 }, () => world.key));
    world.sign();
    const evidence = await world.collect();
    expect(evidence.detail?.statements).toHaveLength(64);
    expect(lookAt(evidence, 'sigTag')).toMatchObject({
      reason: 'tooManyCandidates',
    });
  });

  it('does not fetch what is stated to be too large', async () => {
    world.putManifest({
      layers: Array.from({ length: 60 }, (_, index) => ({
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        digest: digestOf(String(index)),
        size: 15 * 1024 * 1024,
      })),
      subject: world.image,
    });
    world.server.clearRequests();
    const evidence = await world.collect();
    expect(evidence.status).toBe('unavailable');
    expect(
      world.server.requests.filter(({ path }) => path.includes('/blobs/'))
        .length,
    ).toBeLessThanOrEqual(8);
  });

  it('notes a reference of another repository and verifies all the same', async () => {
    const payload = simpleSigningPayload({
      repository: 'registry.acme.example/mirror/web',
      digest: world.image.digest,
    });
    publishLegacySignatures({
      registry: world.server,
      repository: REPOSITORY,
      digest: world.image.digest,
      signatures: [createLegacyKeyedSignature({ key: world.key, payload })],
    });
    const { detail } = await world.collect();
    expect(detail?.statements[0]).toMatchObject({
      otherDockerReference: 'registry.acme.example/mirror/web',
      checks: [{ status: 'verified' }],
    });
  });

  it('says that it may not look where the registry refuses', async () => {
    world.server.addFault({ fault: { kind: 'status', status: 401 } });
    expect(await world.collect()).toMatchObject({
      status: 'unavailable',
      reason: 'registryRefused',
    });
  });

  it('does not call an image unsigned when a referrer cannot be read', async () => {
    const carrier = world.sign();
    world.server.addFault({
      fault: { kind: 'status', status: 500 },
      path: new RegExp(carrier),
    });
    expect(await world.collect()).toMatchObject({
      status: 'unavailable',
      reason: 'registryUnavailable',
    });
  });

  it.each<[string, object, string]>([
    ['a layer is malformed', { layers: [{ size: 1 }] }, 'malformedDocument'],
    [
      'there are too many layers',
      {
        layers: Array.from({ length: 65 }, () => ({
          mediaType: 'application/x',
          digest: digestOf('x'),
          size: 1,
        })),
      },
      'tooManyCandidates',
    ],
  ])(
    'does not call an image unsigned when %s',
    async (_name, parts, reason) => {
      world.putManifest({ ...parts, subject: world.image });
      expect(await world.collect()).toMatchObject({
        status: 'unavailable',
        reason,
      });
    },
  );

  it('reads no more referrers than its limit, and says so', async () => {
    world.sign();
    for (let count = 0; count < 129; count += 1) {
      world.server.addReferrer(REPOSITORY, world.image.digest, {
        mediaType: MANIFEST,
        digest: digestOf(String(count)),
        size: 1,
      });
    }
    const evidence = await world.collect();
    expect(lookAt(evidence, 'referrers')).toMatchObject({ complete: false });
  });

  it('says so when the fallback tag holds what cannot be read', async () => {
    world.sign();
    world.server.putManifest(REPOSITORY, {
      mediaType: INDEX,
      tag: world.image.digest.replace(':', '-'),
      body: { schemaVersion: 2, mediaType: INDEX, manifests: [{ size: 1 }] },
    });
    const evidence = await world.collect();
    expect(lookAt(evidence, 'fallbackTag')).toMatchObject({
      complete: false,
      reason: 'malformedDocument',
    });
  });
});
