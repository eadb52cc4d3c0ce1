import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTrustedRoot } from '../../trust';
import { fetchTrustedRoot } from './fetchTrustedRoot';
import { TufReading } from './tufReading';

// The static repositories of tuf-conformance: complete, of real signers, and good at the instant they name. The rest of
// that suite simulates repositories in Python; what it simulates is in TufRepositories.test.ts, against our own mirror.
const VECTORS =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../../shared/fixtures');
const FOLDER = join(VECTORS, 'tuf-conformance/tuf_conformance/static_data');

type Case = {
  /** What is said at the instant the repository names. */
  result: { ok: true } | { ok: false; code: string };
  /** The file that is given, of those under `targets`. */
  target?: string;
  /** Metadata a client needs on its way; each is refused with a changed byte. */
  onTheWay: string[];
  /** Files a client does not ask for, and why. */
  leftOut: Record<string, string>;
};

const README = 'says what the repository is';
const BEFORE_THE_INITIAL =
  'a root before the initial one, which is where trust begins';

const CASES: Record<string, Case> = {
  'sigstore-root-signing': {
    result: { ok: true },
    target:
      'f44a1b88128e55ebfb62189becbc0fa48d4ec9915c65ac54ba0e46a008b12d5b.trusted_root.json',
    onTheWay: ['timestamp.json', '159.snapshot.json', '11.targets.json'],
    leftOut: {
      'README.md': README,
      ...Object.fromEntries(
        Array.from({ length: 11 }, (_, index) => [
          `metadata/${index + 1}.root.json`,
          BEFORE_THE_INITIAL,
        ]),
      ),
      'metadata/12.root.json': 'the initial root itself',
      'metadata/5.registry.npmjs.org.json':
        'a delegation for other paths than the trusted root',
    },
  },
  'tuf-on-ci-0.11': {
    // Nothing of it is refused; it only is no repository of Sigstore's.
    result: { ok: false, code: 'tufTargetMissing' },
    onTheWay: ['timestamp.json', '2.snapshot.json', '1.targets.json'],
    leftOut: {
      'README.md': README,
      'metadata/1.root.json': 'the initial root itself',
      'metadata/2.delegatedrole.json':
        'a delegation for other paths than the trusted root',
      'metadata/index.html': 'for people',
      'metadata/index.md': 'for people',
      'targets/delegatedrole/45f337ee451b4c098d121d09cc224bacc7794503ac58a47a78cfe7ebefb7fab3.artifact':
        'the target of that delegation; nothing but the trusted root is taken',
    },
  },
};

/** Read by the test itself. */
const ABOUT = ['faketime', 'initial_root.json', 'targetpath'];

/** Asks a repository in a folder; the mirror may change what it sends. */
async function read(
  name: string,
  options: {
    root?: string;
    change?: (bytes: Buffer, file: string) => Buffer | undefined;
  } = {},
): Promise<TufReading> {
  const folder = join(FOLDER, name);
  const {
    root = readFileSync(join(folder, 'initial_root.json'), 'utf8'),
    change = (bytes: Buffer) => bytes,
  } = options;
  return fetchTrustedRoot({
    reference: { mirror: 'https://tuf.acme.example', root },
    now: new Date(),
    signal: new AbortController().signal,
    permissionsFor: () => ({ insecure: false, allowPrivateAddress: false }),
    transport: {
      send: async ({ url }) => {
        const path = url.pathname.slice(1);
        const file = path.startsWith('targets/') ? path : `metadata/${path}`;
        const body = existsSync(join(folder, file))
          ? change(readFileSync(join(folder, file)), file)
          : undefined;
        return {
          ok: true,
          value: {
            status: body ? 200 : 404,
            body: body ?? Buffer.alloc(0),
            crossOrigin: false,
            header: () => undefined,
          },
        };
      },
    },
  });
}

/** The client asks the clock of the machine; everything else goes on as it is. */
function setClock(now: Date): void {
  jest.useFakeTimers({
    now,
    doNotFake: [
      'clearImmediate',
      'clearInterval',
      'clearTimeout',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'setInterval',
      'setTimeout',
    ],
  });
}

function instantOf(name: string): Date {
  const text = readFileSync(join(FOLDER, name, 'faketime'), 'utf8').trim();
  return new Date(text.replace(' ', 'T'));
}

/** A thousand years more; what was signed says otherwise. */
function changeEnd(bytes: Buffer): Buffer {
  const changed = bytes
    .toString('utf8')
    .replace(/("expires":\s*")2/, (_, before) => `${before}3`);
  expect(changed).not.toBe(bytes.toString('utf8'));
  return Buffer.from(changed);
}

if (!existsSync(FOLDER)) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(existsSync(FOLDER)).toBe(true);
  });
} else {
  afterEach(() => jest.useRealTimers());

  it('every repository of tuf-conformance is expected to be something', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name);
    expect(folders.sort()).toEqual(Object.keys(CASES).sort());
  });

  describe.each(Object.entries(CASES))('%s', (name, expected) => {
    beforeEach(() => setClock(instantOf(name)));

    it('is what it is expected to be', async () => {
      const reading = await read(name);
      expect(reading).toMatchObject(expected.result);
    });

    it('gives the bytes its publisher signed', async () => {
      const reading = await read(name);
      const given = reading.ok ? reading.target.content : undefined;
      const file =
        expected.target && join(FOLDER, name, 'targets', expected.target);
      expect(given).toBe(file && readFileSync(file, 'utf8'));
      expect(given === undefined || readTrustedRoot(given).ok).toBe(true);
    });

    it.each([...expected.onTheWay, ...(expected.target ? ['target'] : [])])(
      'is refused with another byte in %s',
      async file => {
        const reading = await read(name, {
          change: (bytes, path) => {
            if (path === `metadata/${file}`) {
              return changeEnd(bytes);
            }
            return file === 'target' && path.startsWith('targets/')
              ? Buffer.concat([bytes.subarray(0, -1), Buffer.from(' ')])
              : bytes;
          },
        });
        expect(reading).toMatchObject({ ok: false, code: 'tufRefused' });
      },
    );

    it('is refused under the initial root of another repository', async () => {
      const other = Object.keys(CASES).find(each => each !== name)!;
      const root = readFileSync(join(FOLDER, other, 'initial_root.json'));
      expect(await read(name, { root: root.toString('utf8') })).toMatchObject({
        ok: false,
        code: 'tufRefused',
      });
    });

    it('is refused when its time is over', async () => {
      setClock(new Date('2100-01-01T00:00:00Z'));
      expect(await read(name)).toMatchObject({
        ok: false,
        code: 'tufExpired',
      });
    });

    it('holds no file that is left out without a reason', async () => {
      const folder = join(FOLDER, name);
      const files = readdirSync(folder, {
        recursive: true,
        withFileTypes: true,
      })
        .filter(entry => entry.isFile())
        .map(entry =>
          join(entry.parentPath, entry.name).slice(folder.length + 1),
        );
      const asked: string[] = [];
      await read(name, {
        change: (bytes, file) => {
          asked.push(file);
          return bytes;
        },
      });
      expect(
        [...asked, ...ABOUT, ...Object.keys(expected.leftOut)].sort(),
      ).toEqual(files.sort());
      expect(asked).toEqual(
        expect.arrayContaining(
          expected.onTheWay.map(file => `metadata/${file}`),
        ),
      );
    });
  });
}
