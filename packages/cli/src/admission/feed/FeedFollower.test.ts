import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdmissionFeedPage } from 'backstage-plugin-supply-chain-common';
import { emptyPage, feedScan, TestFeed } from '../__testUtils__/TestFeed';
import { FeedFollower } from './FeedFollower';
import { FeedProblem } from './FeedProblem';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const START = new Date('2026-11-23T12:00:00Z');
const HOUR_MS = 3_600_000;

let directory: string;
let now: Date;
let monotonic: number;
let portal: TestFeed;
let results: string[];
let asked: string[];
let answers: unknown[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'feed-'));
  now = START;
  monotonic = 0;
  portal = new TestFeed();
  results = [];
  asked = [];
  answers = [];
  await writeFile(join(directory, 'feed.pub'), portal.publicKeyPem);
});

afterEach(() => rm(directory, { recursive: true }));

const page = (overrides: Partial<AdmissionFeedPage> = {}) =>
  emptyPage({ issuedAt: now.toISOString(), ...overrides });

function follow(): Promise<FeedFollower> {
  return FeedFollower.create({
    publicKeyFile: join(directory, 'feed.pub'),
    cluster: 'prod-eu',
    stateDirectory: directory,
    fetch: async since => {
      asked.push(since);
      const answer = answers.shift();
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
    now: () => now,
    monotonicMs: () => monotonic,
    logger: { info: () => undefined, warn: text => results.push(text) },
    onRead: result => results.push(result),
  });
}

const contentOf = (follower: FeedFollower, digest = DIGEST) =>
  follower.contentOf({ repository: 'registry.acme.example/a', digest }, now);

const first = () =>
  portal.sign(page({ sequence: 10, scans: [feedScan(DIGEST)] }));

describe('a feed in order', () => {
  it('is unavailable until it is read, then tells what it tells', async () => {
    const follower = await follow();
    expect(follower.isRead).toBe(false);
    expect(contentOf(follower).scanner?.status).toBe('unavailable');
    expect(
      follower.entitiesOf(
        { cluster: 'prod-eu', namespace: 'shop', labels: {} },
        now,
      ),
    ).toEqual([{ entity: undefined, version: expect.any(String) }]);
    answers = [first()];
    await follower.poll();
    expect(results).toEqual(['ok']);
    expect(contentOf(follower)).toMatchObject({
      scanner: { status: 'ok' },
      scans: [{ detail: { artifact: { digest: DIGEST } } }],
    });
    expect(contentOf(follower, OTHER).scans).toEqual([]);
  });

  it('is read in pages, and counts once the last is there', async () => {
    const follower = await follow();
    answers = [
      portal.sign(
        page({
          sequence: 1,
          cursor: 'p1',
          more: true,
          scans: [feedScan(DIGEST)],
        }),
      ),
      new FeedProblem('feedUnreachable', 'it broke'),
    ];
    await follower.poll();
    expect(follower.isRead).toBe(false);
    answers = [
      portal.sign(
        page({
          sequence: 2,
          cursor: 'p1',
          more: true,
          scans: [feedScan(DIGEST)],
        }),
      ),
      portal.sign(
        page({
          sequence: 3,
          since: 'p1',
          cursor: 'p2',
          scans: [feedScan(OTHER)],
        }),
      ),
    ];
    await follower.poll();
    expect(asked).toEqual(['', 'p1', '', 'p1']);
    expect(contentOf(follower).scans).toHaveLength(1);
    expect(contentOf(follower, OTHER).scans).toHaveLength(1);
  });

  it('replaces a scan by a newer one of the same report, and clocks by newer ones', async () => {
    const follower = await follow();
    answers = [
      first(),
      portal.sign(
        page({
          sequence: 11,
          since: 'c1',
          cursor: 'c2',
          entities: undefined,
          scans: [feedScan(DIGEST, { critical: true })],
          clocks: [
            {
              repository: 'registry.acme.example/a',
              clocks: [
                { key: 'CVE-2026-1|zlib', firstSeenAt: '2026-01-02T00:00:00Z' },
                {
                  key: 'CVE-2026-9|other',
                  firstSeenAt: '2026-01-02T00:00:00Z',
                },
              ],
            },
          ],
        }),
      ),
    ];
    await follower.poll();
    const before = contentOf(follower).version;
    await follower.poll();
    const after = contentOf(follower);
    expect(after.version).not.toBe(before);
    expect(after.scans[0].detail?.findings).toHaveLength(1);
    expect(after.vulnerabilityClocks.map(({ key }) => key)).toEqual([
      'CVE-2026-1|zlib',
    ]);
  });

  it('links pods to entities as the portal does, claims included', async () => {
    const facts = (name: string) => ({
      ref: `component:default/${name}`,
      kind: 'component',
      namespace: 'default',
      name,
      owner: `group:default/team-${name}`,
    });
    const follower = await follow();
    answers = [
      portal.sign(
        page({
          entities: {
            list: ['web', 'thief'].map(name => ({
              facts: facts(name),
              annotations: { 'backstage.io/kubernetes-id': 'web' },
            })),
            claims: {
              unnamed: 'allow',
              rules: [
                { namespaces: ['shop'], entities: { owner: ['team-web'] } },
              ],
            },
          },
        }),
      ),
    ];
    await follower.poll();
    const labels = { 'backstage.io/kubernetes-id': 'web' };
    const refsIn = (namespace: string, of: Record<string, string> = labels) =>
      follower
        .entitiesOf({ cluster: 'prod-eu', namespace, labels: of }, now)
        .map(({ entity }) => entity?.ref ?? entity);
    expect(refsIn('shop')).toEqual(['component:default/web']);
    expect(refsIn('free')).toHaveLength(2);
    expect(refsIn('shop', {})).toEqual([null]);
  });

  it('is read from the beginning once a day, and when the portal knows the cursor no more', async () => {
    const follower = await follow();
    answers = [first()];
    await follower.poll();
    monotonic = 24 * HOUR_MS;
    answers = [portal.sign(page({ sequence: 11, scans: [feedScan(OTHER)] }))];
    await follower.poll();
    expect(contentOf(follower).scans).toHaveLength(0);
    expect(contentOf(follower, OTHER).scans).toHaveLength(1);
    answers = [
      new FeedProblem('feedMalformed', 'no', { startOver: true }),
      portal.sign(page({ sequence: 12 })),
    ];
    await follower.poll();
    // What was known stands until the new reading is complete.
    expect(contentOf(follower, OTHER).scans).toHaveLength(1);
    await follower.poll();
    expect(asked).toEqual(['', '', 'c1', '']);
    expect(contentOf(follower, OTHER).scans).toHaveLength(0);
  });
});

describe('a feed that is not in order', () => {
  const stranger = generateKeyPairSync('ed25519');

  it.each<[string, string, () => unknown]>([
    ['no envelope', 'feedMalformed', () => ({ payload: 'x' })],
    ['nothing', 'feedMalformed', () => null],
    [
      'another payload type',
      'feedMalformed',
      () => ({ ...portal.sign(page({ sequence: 11 })), payloadType: 'x' }),
    ],
    [
      'another key',
      'feedSignatureInvalid',
      () => portal.sign(page({ sequence: 11, since: 'c1' }), stranger),
    ],
    [
      'another key under our id',
      'feedSignatureInvalid',
      () => {
        const ours = portal.sign(page({ sequence: 11, since: 'c1' }));
        const theirs = portal.sign(
          page({ sequence: 11, since: 'c1' }),
          stranger,
        );
        return {
          ...theirs,
          signatures: [
            { ...theirs.signatures[0], keyid: ours.signatures[0].keyid },
          ],
        };
      },
    ],
    [
      'a changed page',
      'feedSignatureInvalid',
      () => ({
        ...portal.sign(page({ sequence: 11, since: 'c1' })),
        payload: Buffer.from(
          JSON.stringify(page({ sequence: 11, since: 'c1' })),
        )
          .toString('base64')
          .replace(/^eyJ2/, 'eyJ3'),
      }),
    ],
    [
      'no signature',
      'feedMalformed',
      () => ({ ...portal.sign(page({ sequence: 11 })), signatures: [] }),
    ],
    [
      'the number of before',
      'feedWentBack',
      () => portal.sign(page({ sequence: 10, since: 'c1' })),
    ],
    [
      'a smaller number',
      'feedWentBack',
      () => portal.sign(page({ sequence: 9, since: 'c1' })),
    ],
    [
      'the answer to another cursor',
      'feedMalformed',
      () => portal.sign(page({ sequence: 11, since: 'c0' })),
    ],
    [
      'an expired page',
      'feedExpired',
      () =>
        portal.sign(
          page({ sequence: 11, since: 'c1', expiresAt: now.toISOString() }),
        ),
    ],
    [
      'a page of the future',
      'feedFromFuture',
      () =>
        portal.sign(
          page({
            sequence: 11,
            since: 'c1',
            issuedAt: new Date(now.getTime() + HOUR_MS).toISOString(),
          }),
        ),
    ],
    [
      'another version',
      'feedMalformed',
      () => portal.sign({ ...page({ sequence: 11, since: 'c1' }), version: 2 }),
    ],
    [
      'a signed page of another form',
      'feedMalformed',
      () => portal.sign({ ...page({ sequence: 11, since: 'c1' }), scans: [7] }),
    ],
    [
      'no answer',
      'feedUnreachable',
      () => new FeedProblem('feedUnreachable', 'it answered with 503'),
    ],
  ])('%s: %s, and what was read before stands', async (_, reason, answer) => {
    const follower = await follow();
    answers = [first()];
    await follower.poll();
    answers = [answer(), answer()];
    await follower.poll();
    await follower.poll();
    expect(results.filter(each => each === reason)).toHaveLength(2);
    expect(
      results.filter(each => each.includes('what was read before stands')),
    ).toHaveLength(1);
    expect(contentOf(follower).scans).toHaveLength(1);
    expect(follower.sequence).toBe(10);
  });

  it('expires: then nothing of it counts, and its policies count for everybody', async () => {
    const follower = await follow();
    answers = [first()];
    await follower.poll();
    now = new Date(START.getTime() + HOUR_MS);
    expect(contentOf(follower)).toMatchObject({
      scans: [],
      scanner: {
        status: 'unavailable',
        message: expect.stringContaining('feedExpired'),
      },
    });
    expect(
      follower.entitiesOf(
        { cluster: 'prod-eu', namespace: 'shop', labels: {} },
        now,
      )[0].entity,
    ).toBeUndefined();
  });
});

describe('the snapshot', () => {
  async function readTwice(): Promise<void> {
    const follower = await follow();
    answers = [
      first(),
      portal.sign(
        page({ sequence: 11, since: 'c1', cursor: 'c2', entities: undefined }),
      ),
      portal.sign(
        page({ sequence: 12, since: 'c2', cursor: 'c3', entities: undefined }),
      ),
    ];
    await follower.poll();
    await follower.poll();
    await follower.poll();
  }

  it('is there after a restart, without pages that told nothing', async () => {
    await readTwice();
    expect((await readdir(join(directory, 'feed'))).sort()).toEqual([
      '10.json',
      '12.json',
      'index.json',
    ]);
    const follower = await follow();
    expect(follower.isRead).toBe(true);
    expect(follower.sequence).toBe(12);
    expect(contentOf(follower).scans).toHaveLength(1);
    answers = [portal.sign(page({ sequence: 13, since: 'c3', cursor: 'c4' }))];
    await follower.poll();
    expect(results[results.length - 1]).toBe('ok');
  });

  it('does not let the feed go back over a restart', async () => {
    await readTwice();
    const follower = await follow();
    answers = [portal.sign(page({ sequence: 12, since: 'c3' }))];
    await follower.poll();
    expect(results).toContain('feedWentBack');
  });

  it.each<[string, (file: (name: string) => string) => Promise<void>]>([
    [
      'a changed page',
      async file => {
        const text = await readFile(file('10.json'), 'utf8');
        await writeFile(file('10.json'), text.replace('eyJ2', 'eyJ3'));
      },
    ],
    ['a page that is no JSON', file => writeFile(file('12.json'), '{')],
    ['a page that is gone', file => rm(file('10.json'))],
    [
      'pages out of order',
      file => writeFile(file('index.json'), '["12.json","10.json"]'),
    ],
    [
      'the first page left out',
      file => writeFile(file('index.json'), '["12.json"]'),
    ],
    ['an index that is no JSON', file => writeFile(file('index.json'), '[')],
  ])('is verified again: %s is not used', async (_, spoil) => {
    await readTwice();
    await spoil(name => join(directory, 'feed', name));
    const follower = await follow();
    expect(follower.isRead).toBe(false);
    expect(results.join('\n')).toContain(
      'what was kept of the feed is not used',
    );
    answers = [portal.sign(page({ sequence: 20, scans: [feedScan(OTHER)] }))];
    await follower.poll();
    expect(contentOf(follower, OTHER).scans).toHaveLength(1);
  });

  it('names no file outside its folder', async () => {
    await readTwice();
    await writeFile(
      join(directory, 'feed', 'index.json'),
      '["../feed.pub", 7, "10.json", "12.json"]',
    );
    expect((await follow()).isRead).toBe(true);
  });
});

it('wants an Ed25519 key to pin', async () => {
  const { publicKey } = generateKeyPairSync('x25519');
  for (const text of [
    'no key',
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  ]) {
    await writeFile(join(directory, 'feed.pub'), text);
    await expect(follow()).rejects.toThrow('cannot be used');
  }
});
