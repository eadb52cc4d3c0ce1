import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TufTarget } from 'backstage-plugin-supply-chain-common';
import { TufMirror } from 'sandbox';
import { createVerifier } from 'sigstore';
import { TufReading } from './tufReading';
import { TufRepositories } from './TufRepositories';

const trustedRoot = (name: string) =>
  JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [],
    certificateAuthorities: [],
    ctlogs: [],
    timestampAuthorities: [],
    // Kept by nobody; it makes the contents differ.
    name,
  });
const HOUR_MS = 60 * 60 * 1000;

let mirror: TufMirror;
let folder: string;
/** What somebody gave for the initial root, where it is not the mirror's. */
let wrongRoot: string | undefined;

beforeEach(async () => {
  wrongRoot = undefined;
  mirror = await TufMirror.start({ target: trustedRoot('first') });
  folder = await mkdtemp(join(tmpdir(), 'tuf-test-'));
});

afterEach(async () => {
  await mirror.stop();
  await rm(folder, { recursive: true });
});

function repositories(
  options: Parameters<typeof TufRepositories.create>[0] = {},
): TufRepositories {
  return TufRepositories.create({
    registries: [
      { host: mirror.host, insecure: true, allowPrivateAddress: true },
    ],
    ...options,
  });
}

async function read(
  options: { root?: string; previous?: TufTarget } = {},
): Promise<TufReading> {
  const { root = mirror.initialRoot, previous } = options;
  return repositories().read({ mirror: mirror.url, root }, { previous });
}

async function readGood(previous?: TufTarget): Promise<TufTarget> {
  const reading = await read({ previous });
  if (!reading.ok) {
    throw new Error(`${reading.code}: ${reading.message}`);
  }
  return reading.target;
}

/** What the public client says, with the cache of its last call as its memory. */
async function publicClientAccepts(
  root: string = mirror.initialRoot,
): Promise<boolean> {
  const tufRootPath = join(folder, 'root.json');
  await writeFile(tufRootPath, root);
  try {
    await createVerifier({
      tufMirrorURL: mirror.url,
      tufRootPath,
      tufCachePath: join(folder, 'cache'),
      retry: 0,
      timeout: 2000,
    });
    return true;
  } catch {
    return false;
  }
}

describe('a TUF repository that was never read', () => {
  it('gives its trusted root, and until when that is vouched for', async () => {
    const now = new Date('2026-11-25T12:00:00Z');
    const reading = await repositories({ now: () => now }).read(
      { mirror: mirror.url, root: mirror.initialRoot },
      {},
    );
    expect(reading).toMatchObject({
      ok: true,
      target: {
        content: trustedRoot('first'),
        receipt: { checkedAt: now.toISOString() },
      },
    });
    const { receipt } = (reading as { target: TufTarget }).target;
    expect(Object.keys(receipt.metadata).sort()).toEqual([
      'root',
      'snapshot',
      'targets',
      'timestamp',
    ]);
    // The timestamp ends first, after seven days.
    const left = Date.parse(receipt.expiresAt) - Date.now();
    expect(left / HOUR_MS).toBeGreaterThan(7 * 24 - 1);
    expect(left / HOUR_MS).toBeLessThanOrEqual(7 * 24);
    expect(await publicClientAccepts()).toBe(true);
  });

  it('follows roots that were rotated since the initial one', async () => {
    mirror.publish({ target: trustedRoot('second'), rotateKeys: true });
    mirror.publish({ target: trustedRoot('third'), rotateKeys: true });
    expect(await readGood()).toMatchObject({ content: trustedRoot('third') });
    expect(await publicClientAccepts()).toBe(true);
  });

  it.each<[string, () => Promise<void> | void, string]>([
    [
      'another initial root than its own',
      async () => {
        const other = await TufMirror.start({ target: '{}' });
        await other.stop();
        wrongRoot = other.initialRoot;
      },
      'tufRefused',
    ],
    ['a root that is no JSON', () => void (wrongRoot = '{'), 'tufRefused'],
    ['a root that is null', () => void (wrongRoot = 'null'), 'tufRefused'],
    [
      'a timestamp past its end',
      () =>
        mirror.publish({
          target: trustedRoot('x'),
          timestampExpires: new Date(Date.now() - HOUR_MS),
        }),
      'tufExpired',
    ],
    [
      'no trusted root among its targets',
      () => mirror.publish({ target: undefined }),
      'tufTargetMissing',
    ],
    [
      'metadata that is no JSON',
      () => mirror.write('1.targets.json', '{"signed":'),
      'tufRefused',
    ],
    [
      'metadata that is deeply nested',
      () => mirror.write('timestamp.json', '['.repeat(16_000)),
      'tufRefused',
    ],
    [
      'metadata of another shape',
      () => mirror.write('1.snapshot.json', '{"signed":{"_type":"snapshot"}}'),
      'tufRefused',
    ],
    [
      'metadata with a changed byte',
      () =>
        void mirror.faults.add({
          path: '/1.targets.json',
          fault: { kind: 'wrongBytes' },
        }),
      'tufRefused',
    ],
    [
      'a trusted root with a changed byte',
      () =>
        void mirror.faults.add({
          path: /trusted_root/,
          fault: { kind: 'wrongBytes' },
        }),
      'tufRefused',
    ],
    [
      'more bytes than any metadata has',
      () =>
        void mirror.faults.add({
          path: '/timestamp.json',
          fault: { kind: 'oversizedBody', bytes: 1024 * 1024 },
        }),
      'tufUnreachable',
    ],
    [
      'an error of the server',
      () => void mirror.faults.add({ fault: { kind: 'status', status: 503 } }),
      'tufUnreachable',
    ],
    [
      'no timestamp',
      () =>
        void mirror.faults.add({
          path: '/timestamp.json',
          fault: { kind: 'status', status: 404 },
        }),
      'tufUnreachable',
    ],
    [
      'an answer that is cut off',
      () =>
        void mirror.faults.add({
          path: '/1.snapshot.json',
          fault: { kind: 'truncatedBody' },
        }),
      'tufUnreachable',
    ],
    ['no server', () => mirror.stop(), 'tufUnreachable'],
  ])('is refused with %s', async (_condition, arrange, code) => {
    await arrange();
    expect(await read({ root: wrongRoot })).toMatchObject({
      ok: false,
      code,
      message: expect.stringMatching(/\S/),
    });
    expect(await publicClientAccepts(wrongRoot)).toBe(false);
  });

  // Stricter than the public client, which follows and connects to anything.
  it('is not followed elsewhere', async () => {
    mirror.faults.add({
      path: '/timestamp.json',
      fault: { kind: 'redirect', location: `${mirror.url}/2.root.json` },
    });
    expect(await read()).toMatchObject({ ok: false, code: 'tufUnreachable' });
  });

  it('is not read when the trusted root is too large', async () => {
    mirror.publish({ target: ' '.repeat(4 * 1024 * 1024 + 1) });
    expect(await read()).toMatchObject({
      ok: false,
      code: 'tufRefused',
      message: expect.stringContaining('4194305'),
    });
  });

  it.each([
    ['speaks plain http', { allowPrivateAddress: true }],
    ['has a private address', { insecure: true }],
  ])('is not asked when it %s and nobody allowed that', async (_, allowed) => {
    const reading = await repositories({
      registries: [{ host: mirror.host, ...allowed }],
    }).read({ mirror: mirror.url, root: mirror.initialRoot }, {});
    expect(reading).toMatchObject({ ok: false, code: 'tufAddressRefused' });
    expect(mirror.requests).toEqual([]);
  });
});

describe('a TUF repository that was read before', () => {
  let previous: TufTarget;

  beforeEach(async () => {
    previous = await readGood();
    await publicClientAccepts();
  });

  it('gives the same when nothing changed, without sending the target again', async () => {
    const before = mirror.requests.length;
    expect(await readGood(previous)).toMatchObject({
      content: previous.content,
      receipt: { metadata: previous.receipt.metadata },
    });
    expect(
      mirror.requests.slice(before).filter(({ path }) => /targets/.test(path)),
    ).toEqual([]);
  });

  it('gives what was published since, under new keys too', async () => {
    mirror.publish({ target: trustedRoot('second'), rotateKeys: true });
    expect(await readGood(previous)).toMatchObject({
      content: trustedRoot('second'),
    });
    expect(await publicClientAccepts()).toBe(true);
  });

  it('is refused when it goes back behind what was read', async () => {
    const fallBack = mirror.takeCopy();
    mirror.publish({ target: trustedRoot('second') });
    const latest = await readGood(previous);
    await publicClientAccepts();
    fallBack();
    expect(await read({ previous: latest })).toMatchObject({
      ok: false,
      code: 'tufRefused',
    });
    expect(await publicClientAccepts()).toBe(false);
  });

  it('is refused when it stands still until its timestamp ends', async () => {
    mirror.publish({
      target: trustedRoot('second'),
      timestampExpires: new Date(Date.now() - HOUR_MS),
    });
    expect(await read({ previous })).toMatchObject({
      ok: false,
      code: 'tufExpired',
    });
    expect(await publicClientAccepts()).toBe(false);
  });
});

describe('a reader of repositories', () => {
  it('asks from time to time only, sooner after a failure', async () => {
    let nowMs = Date.now();
    const reader = repositories({
      now: () => new Date(nowMs),
      refreshIntervalMs: 1000,
      retryIntervalMs: 100,
    });
    const reference = { mirror: mirror.url, root: mirror.initialRoot };
    const asked = async (afterMs: number) => {
      nowMs += afterMs;
      const before = mirror.requests.length;
      await reader.read(reference, {});
      return mirror.requests.length > before;
    };
    expect(await asked(0)).toBe(true);
    expect(await asked(999)).toBe(false);
    const repair = mirror.faults.add({
      fault: { kind: 'status', status: 500 },
    });
    expect(await asked(1)).toBe(true);
    expect(await asked(99)).toBe(false);
    repair();
    expect(await asked(1)).toBe(true);
    expect(await asked(999)).toBe(false);
    await reader.close();
  });

  it('ends with the signal, and says so as a value', async () => {
    mirror.faults.add({ fault: { kind: 'hang' } });
    const reading = await repositories().read(
      { mirror: mirror.url, root: mirror.initialRoot },
      { signal: AbortSignal.timeout(50) },
    );
    expect(reading).toMatchObject({ ok: false, code: 'tufUnreachable' });
  });
});
