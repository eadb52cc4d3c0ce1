import {
  EvidenceOf,
  signatureStatusFor,
} from 'backstage-plugin-supply-chain-common';
import {
  CollectorScenario,
  describeEvidenceCollector,
} from 'backstage-plugin-supply-chain-node/testUtils';
import {
  createNotaryAuthority,
  createRootKey,
  NotaryKey,
  TrustCollection,
} from 'sandbox';
import { digestOf, GUN, NOW } from './__testUtils__/MintedTrust';
import {
  imageOf,
  originOf,
  subjectDigest,
  toldBy,
  TrustWorld,
} from './__testUtils__/TrustWorld';

// Every scenario starts a server; a busy machine may take its time.
jest.setTimeout(30_000);

const DAY_MS = 24 * 60 * 60 * 1000;
type Fault = Parameters<TrustWorld['server']['addFault']>[0]['fault'];

function scenario(
  prepare: (world: TrustWorld) => void | Promise<unknown> = () => {},
): CollectorScenario {
  return {
    start: async () => {
      const world = await TrustWorld.start();
      await prepare(world);
      return {
        collector: world.collector,
        subject: imageOf('one'),
        context: world.context(),
        stop: () => world.stop(),
      };
    },
  };
}

const broken = (fault: Fault, path?: RegExp) =>
  scenario(world => {
    world.server.addFault({ fault, path });
  });

describeEvidenceCollector('ContentTrustCollector', {
  // The first look has nothing to compare with and says so; from then on equal facts are stated equally.
  present: scenario(world => world.collect()),
  absent: scenario(world => world.server.remove(GUN)),
  invalid: scenario(world => {
    world.server.replaceFile(GUN, 'timestamp', Buffer.from('{}'));
  }),
  sourceDown: {
    ...broken({ kind: 'status', status: 503 }),
    reasons: ['registryUnavailable'],
  },
  timeout: { ...broken({ kind: 'hang' }), reasons: ['registryTimeout'] },
  malformed: { ...broken({ kind: 'html' }), reasons: ['wrongContentType'] },
  digestMismatch: {
    ...broken({ kind: 'wrongBytes' }, /snapshot\./),
    reasons: ['digestMismatch'],
  },
  oversize: {
    ...broken({ kind: 'oversizedBody', bytes: 2 * 1024 * 1024 }),
    reasons: ['tooLarge'],
  },
  hanging: broken({ kind: 'hang' }),
});

describe('ContentTrustCollector', () => {
  let world: TrustWorld;

  beforeEach(async () => {
    world = await TrustWorld.start();
  });

  afterEach(() => world.stop());

  it('asks nobody without a trust root of content trust', async () => {
    const evidence = await world.collect('one', { trustRoots: [] });
    expect(evidence).toMatchObject({
      status: 'absent',
      detail: { scheme: 'contentTrust', statements: [], trail: [] },
    });
    expect(world.server.requests).toHaveLength(0);
  });

  it('states the tag, who vouches for it and where it was found', async () => {
    const evidence = await world.collect();
    const root = world.collection.keys.root.id;
    expect(evidence).toMatchObject({
      status: 'present',
      collector: 'content-trust',
      detail: {
        statements: [
          {
            scheme: 'contentTrust',
            kind: 'signature',
            foundIn: 'contentTrust',
            covers: digestOf('one'),
            relation: 'exact',
            signedTag: {
              role: 'targets',
              tag: '1.0.0',
              digest: digestOf('one'),
            },
            checks: [
              {
                trustRoot: 'acme',
                status: 'verified',
                signer: { type: 'key', fingerprint: `sha256:${root}` },
              },
            ],
          },
        ],
        trail: [
          {
            place: 'contentTrust',
            trustRoot: 'acme',
            location: `${world.server.url}/v2/${GUN}/_trust/tuf/`,
            about: digestOf('one'),
            complete: true,
            found: 1,
            note: 'no rollback protection',
          },
        ],
        contentTrust: [
          {
            server: world.server.url,
            gun: GUN,
            trustRoot: 'acme',
            pinned: 'rootKeyIds',
            rootKeyIds: [root],
            versions: { root: 1, timestamp: 1, snapshot: 1, targets: 1 },
            rollbackProtected: false,
          },
        ],
      },
    });
  });

  it('lists every tag that is signed to the image, or to an index that lists it', async () => {
    world.collection.signTag('latest', digestOf('one'));
    world.collection.signTag('index', digestOf('parent'));
    world.collection.signTag('other', digestOf('two'));
    world.collection.publish(NOW);
    const origin = originOf([subjectDigest('parent')]);
    const evidence = await world.collect('one', { origin });
    expect(toldBy(evidence)).toEqual([
      'targets 1.0.0 verified',
      'targets latest verified',
      'targets index verified',
    ]);
    expect(evidence.detail?.statements.map(({ relation }) => relation)).toEqual(
      ['exact', 'exact', 'viaIndex'],
    );
    expect(
      evidence.detail?.trail.map(({ about, found }) => [about, found]),
    ).toEqual([
      [digestOf('one'), 2],
      [digestOf('parent'), 1],
    ]);
  });

  it('says when a tag that a workload names is signed to another digest', async () => {
    const evidence = await world.collect('two', {
      imageRefs: [
        `${GUN}:1.0.0`,
        `${GUN}:unknown`,
        `other.example.test/shop/web:1.0.0`,
      ],
    });
    expect(toldBy(evidence)).toEqual([
      'targets 1.0.0 invalid tagSignsOtherDigest',
    ]);
    expect(evidence.detail?.statements[0].covers).toBe(digestOf('one'));
  });

  it('does not mind other digests of a tag where the workload names a digest', async () => {
    const evidence = await world.collect('two', {
      imageRefs: [`${GUN}:1.0.0@${digestOf('two')}`],
    });
    expect(evidence.status).toBe('absent');
  });

  it('takes targets/releases before targets, as Docker does', async () => {
    world.collection.delegate('targets/releases', {
      keys: [NotaryKey.create()],
    });
    world.collection.signTag('1.0.0', digestOf('two'), {
      role: 'targets/releases',
    });
    world.collection.publish(NOW);
    const imageRefs = [`${GUN}:1.0.0`];
    expect(toldBy(await world.collect('two', { imageRefs }))).toEqual([
      'targets/releases 1.0.0 verified',
    ]);
    expect(toldBy(await world.collect('one', { imageRefs }))).toEqual([
      'targets 1.0.0 untrustedSigner tagShadowed',
      'targets/releases 1.0.0 invalid tagSignsOtherDigest',
    ]);
  });

  it('does not count a tag that is in another delegation only (case 74)', async () => {
    world.collection.delegate('targets/alice', { keys: [NotaryKey.create()] });
    world.collection.signTag('2.0.0', digestOf('two'), {
      role: 'targets/alice',
    });
    world.collection.publish(NOW);
    expect(toldBy(await world.collect('two'))).toEqual([
      'targets/alice 2.0.0 untrustedSigner delegationNotCounted',
    ]);
  });

  it('tells the tags that workloads name first, and not more than it may', async () => {
    for (let index = 0; index < 80; index += 1) {
      world.collection.signTag(`build-${index}`, digestOf('one'));
    }
    world.collection.publish(NOW);
    const evidence = await world.collect('one', {
      imageRefs: [`${GUN}:build-79`],
    });
    expect(toldBy(evidence)).toHaveLength(64);
    expect(toldBy(evidence)[0]).toBe('targets build-79 verified');
  });

  it('is absent when the image is in none of the tags', async () => {
    expect(await world.collect('two')).toMatchObject({
      status: 'absent',
      detail: { statements: [], trail: [{ complete: true, found: 0 }] },
    });
  });

  it('has nothing to say under a root that pins another repository', async () => {
    const trustRoots = [world.root({ pins: [world.pin('docker.io/**')] })];
    expect(await world.collect('one', { trustRoots })).toMatchObject({
      status: 'absent',
      detail: {
        trail: [{ complete: true, note: 'the trust root pins nothing for it' }],
      },
    });
    expect(world.server.requests).toHaveLength(0);
  });

  it('looks under each root by itself', async () => {
    const foreign = {
      images: `${GUN}`,
      type: 'rootKeyIds' as const,
      rootKeyIds: ['00'.repeat(32)],
    };
    const trustRoots = [
      world.root(),
      world.root({ name: 'foreign', pins: [foreign] }),
      world.root({ name: 'down', server: 'http://127.0.0.1:1' }),
    ];
    const evidence = await world.collect('one', { trustRoots });
    expect(toldBy(evidence)).toEqual([
      'targets 1.0.0 verified',
      'untrustedSigner rootNotPinned',
    ]);
    expect(
      evidence.detail?.trail.map(({ trustRoot, complete, reason }) => [
        trustRoot,
        complete,
        reason,
      ]),
    ).toEqual([
      ['acme', true, undefined],
      ['foreign', true, undefined],
      ['down', false, 'registryNotAllowed'],
    ]);
  });

  it('accepts a root by its certificate authority', async () => {
    const authority = createNotaryAuthority({
      commonName: 'Acme CA',
      notBefore: new Date(NOW.getTime() - DAY_MS),
      notAfter: new Date(NOW.getTime() + DAY_MS),
    });
    const root = NotaryKey.create({
      type: 'ecdsa-x509',
      certificate: {
        commonName: GUN,
        notBefore: NOW,
        notAfter: new Date(NOW.getTime() + DAY_MS),
        issuer: authority,
      },
    });
    const collection = TrustCollection.create({
      gun: GUN,
      now: NOW,
      keys: { root },
    });
    collection.signTag('1.0.0', digestOf('one'));
    collection.publish(NOW);
    world.server.add(collection);
    const pinOf = (content: string) => ({
      images: GUN,
      type: 'certificateAuthority' as const,
      certificateAuthority: { content, source: 'acme-ca.crt' },
    });
    const collectWith = (content: string) =>
      world.collect('one', {
        trustRoots: [world.root({ pins: [pinOf(content)] })],
      });
    expect(toldBy(await collectWith(authority.certificate))).toEqual([
      'targets 1.0.0 verified',
    ]);
    expect(
      await collectWith(
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      ),
    ).toMatchObject({
      status: 'unavailable',
      reason: 'trustRootUnusable',
      message: expect.stringContaining('acme-ca.crt'),
    });
  });

  it('does not conclude anything when it is not known which indexes list the image', async () => {
    expect(await world.collect('two', { origin: undefined })).toMatchObject({
      status: 'unavailable',
      reason: 'notCollectedYet',
    });
    const found = await world.collect('one', { origin: undefined });
    expect(found.status).toBe('present');
    expect(found.detail?.trail[0].complete).toBe(false);
  });

  it('says of trust data that cannot be believed why, in one statement', async () => {
    const now = new Date(NOW.getTime() + 15 * DAY_MS);
    const evidence = await world.collect('one', { now });
    expect(toldBy(evidence)).toEqual(['expired trustDataExpired']);
    expect(evidence).toMatchObject({
      status: 'present',
      detail: { trail: [{ complete: true, found: 1 }] },
    });
    expect(evidence.detail).not.toHaveProperty('contentTrust');
  });

  it('lasts no longer than the trust data', async () => {
    const now = new Date(NOW.getTime() + 13.5 * DAY_MS);
    const evidence = await world.collect('one', { now });
    expect(evidence.expiresAt).toBe(
      new Date(NOW.getTime() + 14 * DAY_MS).toISOString(),
    );
  });

  it('answers a challenge with a token for the collection, and sends it nowhere else', async () => {
    const guarded = await TrustWorld.start({
      authentication: {
        kind: 'token',
        username: 'reader',
        password: 'swordfish',
      },
    });
    expect(toldBy(await guarded.collect())).toEqual(['targets 1.0.0 verified']);
    const token = guarded.server.requests.find(({ path }) =>
      path.startsWith('/token'),
    );
    expect(new URL(token!.path, 'http://x').searchParams.get('scope')).toBe(
      `repository:${GUN}:pull`,
    );
    await guarded.stop();
  });

  it.each([
    ['refuses', { kind: 'status' as const, status: 401 }, 'registryRefused'],
    ['forbids', { kind: 'status' as const, status: 403 }, 'registryRefused'],
    ['limits', { kind: 'status' as const, status: 429 }, 'rateLimited'],
    [
      'has something in front that knows nothing',
      { kind: 'status' as const, status: 404, body: '<h1>not found</h1>' },
      'accessNotProven',
    ],
    [
      'is a registry and no Notary server',
      { kind: 'status' as const, status: 404 },
      'accessNotProven',
    ],
  ])('is unavailable when the server %s', async (_what, fault, reason) => {
    world.server.addFault({ fault });
    expect(await world.collect()).toMatchObject({
      status: 'unavailable',
      reason,
    });
    expect(world.remembered).toEqual({});
  });

  it('reads files by name where the server does not know them by hash', async () => {
    world.server.addFault({
      path: /\.[0-9a-f]{64}\.json/,
      fault: {
        kind: 'status',
        status: 404,
        body: '{"errors":[{"code":"METADATA_NOT_FOUND"}]}',
      },
    });
    expect(toldBy(await world.collect())).toEqual(['targets 1.0.0 verified']);
  });

  it('looks once more when a publisher exchanged files between two requests', async () => {
    const old = world.collection.file('root');
    world.collection.rotate({ targets: NotaryKey.create() });
    world.collection.publish(NOW);
    const takeBack = world.server.replaceFile(GUN, 'root', old);
    expect(toldBy(await world.collect())).toEqual(['invalid trustDataMixed']);
    world.server.clearRequests();
    world.server.addFault({
      path: /\/root\.json/,
      times: 1,
      fault: { kind: 'wrongBytes', body: old!.toString() },
    });
    takeBack();
    expect(toldBy(await world.collect())).toEqual(['targets 1.0.0 verified']);
  });
});

describe('what is remembered', () => {
  let world: TrustWorld;

  beforeEach(async () => {
    world = await TrustWorld.start();
  });

  afterEach(() => world.stop());

  it('protects from an older state', async () => {
    const old = ['timestamp', 'snapshot', 'targets'].map(
      name => [name, world.collection.file(name)] as const,
    );
    world.collection.signTag('1.0.0', digestOf('two'));
    world.collection.publish(NOW);
    await world.collect('two');
    old.forEach(([name, bytes]) => world.server.replaceFile(GUN, name, bytes));
    expect(toldBy(await world.collect('one'))).toEqual([
      'invalid trustDataRolledBack',
    ]);
  });

  it('is kept after a good look only, and written once', async () => {
    const set = jest.spyOn(world.state, 'set');
    world.server.replaceFile(GUN, 'timestamp', Buffer.from('{}'));
    await world.collect();
    expect(set).not.toHaveBeenCalled();
    world.server.replaceFile(
      GUN,
      'timestamp',
      world.collection.file('timestamp'),
    );
    await Promise.all([world.collect(), world.collect('two')]);
    expect(set).toHaveBeenCalledTimes(1);
  });

  it('stays when another replica remembered something meanwhile', async () => {
    const get = jest.spyOn(world.state, 'get');
    get.mockResolvedValueOnce(undefined).mockResolvedValueOnce('newer');
    expect(toldBy(await world.collect())).toEqual(['targets 1.0.0 verified']);
    expect(world.remembered).toEqual({});
  });

  it('says in the trail when there was nothing to compare with', async () => {
    const notes = async () =>
      (await world.collect()).detail?.trail.map(({ note }) => note);
    expect(await notes()).toEqual(['no rollback protection']);
    expect(await notes()).toEqual([undefined]);
  });

  it('is unavailable, not forgotten, when it cannot be read', async () => {
    await world.collect();
    const [key] = Object.keys(world.remembered);
    await world.state.set(key, '{');
    expect(await world.collect()).toMatchObject({
      status: 'unavailable',
      reason: 'trustStateUnreadable',
    });
  });
});

describe('trust on first use', () => {
  let world: TrustWorld;
  const later = new Date(NOW.getTime() + DAY_MS);

  beforeEach(async () => {
    world = await TrustWorld.start();
  });

  afterEach(() => world.stop());

  const collect = (overrides = {}) =>
    world.collect('one', {
      trustRoots: [world.root({ pins: [], trustOnFirstUse: true })],
      trustsFirstUse: true,
      ...overrides,
    });

  it('is shown as such, with its date', async () => {
    expect(toldBy(await collect())).toEqual([
      'targets 1.0.0 verified firstUse',
    ]);
    expect(await collect({ now: later })).toMatchObject({
      detail: {
        contentTrust: [{ pinned: 'firstUse', firstUsedAt: NOW.toISOString() }],
      },
    });
  });

  it('never trusts a second root', async () => {
    await collect();
    const other = TrustCollection.create({ gun: GUN, now: NOW });
    other.signTag('1.0.0', digestOf('one'));
    other.publish(NOW);
    world.server.add(other);
    expect(toldBy(await collect())).toEqual(['invalid rootRotationInvalid']);
    // Nor a third time: what was trusted first stays.
    expect(toldBy(await collect())).toEqual(['invalid rootRotationInvalid']);
  });

  it('follows a root that the first one signed for', async () => {
    await collect();
    world.collection.rotate({ root: createRootKey(GUN, NOW) });
    world.collection.publish(NOW);
    expect(toldBy(await collect())).toEqual([
      'targets 1.0.0 verified firstUse',
    ]);
  });

  it('is for the portal only: elsewhere nothing is pinned, and no request is made', async () => {
    expect(await collect({ trustsFirstUse: false })).toMatchObject({
      status: 'unavailable',
      reason: 'noPin',
    });
    expect(world.server.requests).toHaveLength(0);
  });

  it('goes on elsewhere with the state of the portal', async () => {
    await collect();
    expect(toldBy(await collect({ trustsFirstUse: false }))).toEqual([
      'targets 1.0.0 verified firstUse',
    ]);
  });

  it('is nothing beside a pin for the repository', async () => {
    const trustRoots = [world.root({ trustOnFirstUse: true })];
    expect(toldBy(await collect({ trustRoots }))).toEqual([
      'targets 1.0.0 verified',
    ]);
  });
});

describe('the judgement of a policy', () => {
  let world: TrustWorld;

  beforeEach(async () => {
    world = await TrustWorld.start();
  });

  afterEach(() => world.stop());

  const judge = (
    evidence: EvidenceOf<'signature'>,
    options: { imageRef?: string; allowFirstUse?: boolean } = {},
  ) => {
    const { status, reason } = signatureStatusFor({
      policy: { trust: { type: 'any', of: ['acme'] } },
      trustRoots: [world.root()],
      signatures: [evidence],
      now: NOW,
      ...options,
    });
    return [status, reason];
  };

  it('is verified by digest, and by the tag that is signed', async () => {
    const imageRef = `${GUN}:1.0.0`;
    const evidence = await world.collect('one', { imageRefs: [imageRef] });
    expect(judge(evidence)).toEqual(['verified', undefined]);
    expect(judge(evidence, { imageRef })).toEqual(['verified', undefined]);
  });

  it('is invalid by a tag that is signed to another digest', async () => {
    const imageRef = `${GUN}:1.0.0`;
    const evidence = await world.collect('two', { imageRefs: [imageRef] });
    expect(judge(evidence, { imageRef })).toEqual([
      'invalid',
      'tagSignsOtherDigest',
    ]);
  });

  it('is unsigned when no tag gives the digest', async () => {
    expect(judge(await world.collect('two'))).toEqual([
      'unsigned',
      'noSignature',
    ]);
  });

  it('is unavailable before anybody looked under the root', async () => {
    expect(judge(await world.collect('one', { trustRoots: [] }))[0]).toBe(
      'unavailable',
    );
  });
});
