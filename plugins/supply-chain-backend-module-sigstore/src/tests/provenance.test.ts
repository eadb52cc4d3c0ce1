import {
  ProvenanceStatement,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { createCollectContext } from 'backstage-plugin-supply-chain-node/testUtils';
import {
  createSigningKey,
  digestOf,
  OciDescriptor,
  provenanceStatement,
} from 'sandbox';
import {
  BUILD,
  ImageWorld,
  INDEX,
  REPOSITORY,
} from '../__testUtils__/ImageWorld';

const SLSA = 'https://slsa.dev/provenance/v1';
const STATEMENT = 'application/vnd.in-toto+json';

describe('what is said of how an image was made', () => {
  let world: ImageWorld;

  beforeEach(async () => {
    world = await ImageWorld.start();
  });
  afterEach(async () => {
    await world.stop();
  });

  const statementsOf = async (
    context?: Parameters<ImageWorld['collectProvenance']>[0],
  ): Promise<ProvenanceStatement[]> =>
    (await world.collectProvenance(context)).detail?.statements ?? [];

  it('is absent when an image is signed and nothing attests it', async () => {
    world.sign();
    const [signature, provenance] = await world.collectAll();
    expect([signature.status, provenance.status]).toEqual([
      'present',
      'absent',
    ]);
  });

  it('is what an attestation says, with what each trust root says of it', async () => {
    world.attest();
    const [signature, provenance] = await world.collectAll();
    expect(provenance.detail?.statements).toMatchObject([
      {
        predicateType: SLSA,
        content: {
          type: 'slsaProvenance',
          version: '1',
          claims: { source: { ref: BUILD.ref, commit: BUILD.commit } },
        },
        foundIn: 'referrers',
        covers: world.image.digest,
        relation: 'exact',
        signed: true,
        checks: [{ trustRoot: 'key', status: 'verified' }],
      },
    ]);
    // L13: it still stands among what was found about signatures, and signs nothing.
    expect(signature.detail?.statements.map(({ kind }) => kind)).toEqual([
      'attestation',
    ]);
  });

  it('lists every predicate by its type', async () => {
    const types = ['https://spdx.dev/Document', 'https://acme.example/review'];
    types.forEach(predicateType =>
      world.attest({
        change: statement => Object.assign(statement, { predicateType }),
      }),
    );
    const statements = await statementsOf();
    expect(statements.map(({ predicateType }) => predicateType).sort()).toEqual(
      [...types].sort(),
    );
    expect(statements.map(({ content }) => content)).toEqual([
      { type: 'other' },
      { type: 'other' },
    ]);
  });

  it('says of a provenance whose body is none that it is unreadable', async () => {
    world.attest({
      change: statement =>
        Object.assign(statement, { predicate: { buildDefinition: 1 } }),
    });
    expect(await statementsOf()).toMatchObject([
      { predicateType: SLSA, content: { type: 'unreadable' } },
    ]);
  });

  it('keeps an attestation that cannot be read apart from none', async () => {
    const blob = '{"payload": "trunc';
    world.server.putBlob(REPOSITORY, blob);
    world.putManifest(
      {
        layers: [
          {
            mediaType: 'application/vnd.dsse.envelope.v1+json',
            digest: digestOf(blob),
            size: blob.length,
          },
        ],
      },
      `${world.image.digest.replace(':', '-')}.att`,
    );
    const provenance = await world.collectProvenance();
    expect(provenance).toMatchObject({
      status: 'present',
      detail: {
        statements: [
          {
            predicateType: 'unknown',
            content: { type: 'unreadable' },
            checks: [{ status: 'invalid', reason: 'malformedBundle' }],
          },
        ],
      },
    });
  });

  it.each(['.att', 'referrers'])(
    'is unavailable when nothing was found and %s was not read to its end',
    async place => {
      world.server.addFault({
        fault: { kind: 'status', status: 503 },
        path: new RegExp(place.replace('.', '\\.')),
      });
      expect(await world.collectProvenance()).toMatchObject({
        status: 'unavailable',
        reason: 'registryUnavailable',
      });
    },
  );

  it('does not depend on a place where signatures lie only', async () => {
    world.server.addFault({
      fault: { kind: 'status', status: 503 },
      path: /\.sig|\.sbom/,
    });
    const [signature, provenance] = await world.collectAll();
    expect([signature.status, provenance.status]).toEqual([
      'unavailable',
      'absent',
    ]);
  });

  it('says that an attestation of the index covers its platforms', async () => {
    const index = world.putManifest({ annotations: { index: 'yes' } });
    world.attest({ subject: index });
    expect(
      await statementsOf({ origin: world.origin([index.digest]) }),
    ).toMatchObject([{ relation: 'viaIndex', covers: index.digest }]);
  });
});

describe('claims of BuildKit', () => {
  let world: ImageWorld;

  beforeEach(async () => {
    world = await ImageWorld.start();
  });
  afterEach(async () => {
    await world.stop();
  });

  type Layer = { predicateType: string; body?: string };

  /** An attestation manifest beside its platform, as BuildKit pushes it. */
  function attestationManifest(layers: Layer[], parts: object = {}) {
    return world.putManifest({
      layers: layers.map(({ predicateType, body = '{}' }) => ({
        mediaType: STATEMENT,
        digest: world.server.putBlob(REPOSITORY, body),
        size: body.length,
        annotations: { 'in-toto.io/predicate-type': predicateType },
      })),
      ...parts,
    });
  }

  function putIndex(attestation: OciDescriptor, about = world.image.digest) {
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        {
          ...world.image,
          platform: { os: 'linux', architecture: 'amd64' },
        },
        {
          ...attestation,
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: {
            'vnd.docker.reference.type': 'attestation-manifest',
            'vnd.docker.reference.digest': about,
          },
        },
      ],
    });
    return world.server.putManifest(REPOSITORY, { mediaType: INDEX, body });
  }

  const provenance = () =>
    JSON.stringify(
      provenanceStatement({
        repository: world.subject.repository,
        digest: world.image.digest,
        identity: BUILD,
      }),
    );

  const collect = async (digest: string) =>
    world.collectProvenance({ origin: world.origin([digest]) });

  it('are listed as claims that nobody signed', async () => {
    const attestation = attestationManifest([
      { predicateType: SLSA, body: provenance() },
      { predicateType: 'https://spdx.dev/Document', body: '{"large":"sbom"}' },
    ]);
    world.server.clearRequests();
    const { status, detail } = await collect(putIndex(attestation));
    expect(status).toBe('present');
    expect(detail?.statements).toMatchObject([
      {
        predicateType: SLSA,
        content: { type: 'slsaProvenance' },
        foundIn: 'indexEntry',
        carrier: attestation.digest,
        covers: world.image.digest,
        signed: false,
        checks: [],
      },
      {
        predicateType: 'https://spdx.dev/Document',
        content: { type: 'other' },
        signed: false,
      },
    ]);
    // The claim of a type is worth as much as the claim itself: an SBOM is not fetched to be listed.
    expect(
      world.server.requests.filter(({ path }) => path.includes('/blobs/')),
    ).toHaveLength(1);
  });

  it('are read when the index itself runs', async () => {
    const index = putIndex(
      attestationManifest([{ predicateType: SLSA, body: provenance() }]),
    );
    const [signature, { detail }] = await world.collector.collect(
      { ...world.subject, digest: index as typeof world.subject.digest },
      createCollectContext({
        trustRoots: [world.trustRoot],
        origin: world.origin(),
      }),
    );
    expect(detail?.statements).toMatchObject([
      { covers: world.image.digest, signed: false },
    ]);
    expect(signature.status).toBe('absent');
  });

  it('are read in the newer form, which says itself what it is about', async () => {
    const attestation = attestationManifest(
      [{ predicateType: SLSA, body: provenance() }],
      {
        artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
        subject: world.image,
      },
    );
    const { detail } = await collect(putIndex(attestation));
    expect(detail?.statements).toContainEqual(
      expect.objectContaining({ foundIn: 'indexEntry', predicateType: SLSA }),
    );
  });

  it('about another platform are left alone', async () => {
    const other = world.putManifest({ annotations: { other: 'platform' } });
    const attestation = attestationManifest([
      { predicateType: SLSA, body: provenance() },
    ]);
    expect(await collect(putIndex(attestation, other.digest))).toMatchObject({
      status: 'absent',
    });
  });

  it('that contradict their entry make the place unreadable', async () => {
    const other = world.putManifest({ annotations: { other: 'platform' } });
    const attestation = attestationManifest([], { subject: other });
    expect(await collect(putIndex(attestation))).toMatchObject({
      status: 'unavailable',
      reason: 'malformedDocument',
    });
  });

  it('that cannot be read say so', async () => {
    const attestation = attestationManifest([
      { predicateType: SLSA, body: '{"_type":' },
    ]);
    const { detail } = await collect(putIndex(attestation));
    expect(detail?.statements).toMatchObject([
      { content: { type: 'unreadable' }, signed: false },
    ]);
  });

  it('do not read as absent when the index cannot be read', async () => {
    const index = putIndex(attestationManifest([]));
    world.server.addFault({
      fault: { kind: 'status', status: 503 },
      path: new RegExp(`manifests/${index}`),
    });
    const [signature, { status }] = await world.collectAll({
      origin: world.origin([index]),
    });
    expect(status).toBe('unavailable');
    // Nothing signed lies in an index, so for signatures the look was complete.
    expect(signature.status).toBe('absent');
  });

  it('are not fetched without measure', async () => {
    const attestation = world.putManifest({
      layers: [
        { mediaType: STATEMENT, digest: digestOf('x'), size: 40_000_000 },
      ],
    });
    expect(await collect(putIndex(attestation))).toMatchObject({
      status: 'unavailable',
      reason: 'tooLarge',
    });
  });
});

describe('the build seen before', () => {
  let world: ImageWorld;
  const { state } = createCollectContext();

  beforeEach(async () => {
    world = await ImageWorld.start();
  });
  afterEach(async () => {
    await world.stop();
  });

  async function look(
    day: number,
    options: { image?: OciDescriptor; trustRoots?: TrustRoot[] } = {},
  ) {
    const { image = world.image, trustRoots = [world.trustRoot] } = options;
    const [, { detail }] = await world.collector.collect(
      {
        ...world.subject,
        digest: image.digest as typeof world.subject.digest,
      },
      createCollectContext({
        trustRoots,
        origin: world.origin(),
        state,
        now: new Date(Date.UTC(2026, 10, day)),
      }),
    );
    return detail?.earlier;
  }

  it('is remembered, and recalled for the one that comes after it', async () => {
    world.attest();
    const next = world.putManifest({ layers: [], annotations: { build: '2' } });
    world.attest({ subject: next });
    const sets = jest.spyOn(state, 'set');

    expect(await look(1)).toBeUndefined();
    const earlier = {
      digest: world.image.digest,
      firstSeenAt: '2026-11-01T00:00:00.000Z',
      builder: expect.stringContaining('https://github.com/acme/web'),
      repository: 'https://github.com/acme/web',
      workflow: BUILD.workflow,
    };
    expect(await look(2, { image: next })).toEqual(earlier);
    expect(sets).toHaveBeenCalledTimes(2);

    // The same again, in whatever order: nothing new is written.
    expect(await look(3, { image: next })).toEqual(earlier);
    expect(await look(4)).toBeUndefined();
    expect(sets).toHaveBeenCalledTimes(2);
  });

  it('is none that no trust root vouches for', async () => {
    world.attest({ key: createSigningKey() });
    const sets = jest.spyOn(state, 'set').mockClear();
    expect(await look(1)).toBeUndefined();
    expect(sets).not.toHaveBeenCalled();
  });

  it('is forgotten when twenty others came after it', async () => {
    const images = Array.from({ length: 22 }, (_, build) =>
      world.putManifest({ layers: [], annotations: { build: String(build) } }),
    );
    images.forEach(subject => world.attest({ subject }));
    for (const [position, image] of images.entries()) {
      await look(position + 1, { image });
    }
    const memory = JSON.parse(
      (await state.get(`builds:${world.subject.repository}`))!,
    );
    expect(memory.map(({ digest }: { digest: string }) => digest)).toEqual(
      images.slice(2).map(({ digest }) => digest),
    );
  });

  it('takes no evidence with it when the memory fails', async () => {
    world.attest();
    const warn = jest.fn();
    const { status, detail } = await world.collectProvenance({
      state: {
        get: async () => {
          throw new Error('no memory');
        },
        set: async () => {},
      },
      logger: { ...createCollectContext().logger, warn },
    });
    expect(status).toBe('present');
    expect(detail?.earlier).toBeUndefined();
    expect(warn).toHaveBeenCalled();
  });

  it('is unknown when the memory cannot be read', async () => {
    world.attest();
    await state.set(`builds:${world.subject.repository}`, '{"not":"a list"}');
    expect(await look(1)).toBeUndefined();
  });
});
