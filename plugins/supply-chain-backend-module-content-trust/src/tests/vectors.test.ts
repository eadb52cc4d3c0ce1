import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  driveCollection,
  reasonOf,
  tagsOf,
} from '../__testUtils__/driveCollection';
import { filesIn, vectorFolder } from '../__testUtils__/recordedFiles';

// Repositories of the clients 0.1 and 0.3, from the tests of Notary itself (commit 177297005ef8). Key ids and digests
// are what its README and its own tests expect.
const folder = vectorFolder('dct/notary-compat/fixtures/compatibility');
const LICENSE =
  'sha256:9395bac6fccb26bcb55efb083d1b4b0fe72a1c25f959f056c016120b3bb56a62';
const EMPTY =
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const CASES = [
  {
    path: 'notary0.1/tuf/docker.com/notary0.1/samplerepo/metadata',
    gun: 'docker.com/notary0.1/samplerepo',
    rootKeyId:
      '4ff57dc987163053a12c066f2dd36b1ae6037a92f5416d381fe311a3db1868d8',
    tags: [`targets LICENSE ${LICENSE}`],
  },
  {
    path: 'notary0.3/tuf/docker.com/notary0.3/tst/metadata',
    gun: 'docker.com/notary0.3/tst',
    rootKeyId:
      '354e203ba09dbe17807b6a9d191bff887167c06d121e738d849446a9c76c2866',
    tags: [
      `targets LICENSE ${LICENSE}`,
      `targets change ${EMPTY}`,
      `targets/releases hello ${EMPTY}`,
    ],
  },
];

/** Files that no test is about, and why. */
const LEFT_OUT: [RegExp, string][] = [
  [/LICENSE$|README\.(?:md|txt)$/, 'no test data'],
  [
    /notary-server-config\.json$/,
    'how the server was set up that was recorded',
  ],
  [/\/changelist\//, 'what a publisher is about to sign'],
  [/\/trusted_certificates\//, 'the certificate that the root file holds too'],
  [/^keys\//, 'certificates of delegates, which the targets file holds too'],
];

/** What was recorded for this project is a fixture of it; recorded.test.ts reads that. */
function isRecorded(root: string, file: string): boolean {
  const copy = resolve(__dirname, '../__fixtures__', file);
  return (
    existsSync(copy) &&
    readFileSync(copy).equals(readFileSync(join(root, file)))
  );
}

if (folder === undefined) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip('skipped: no vectors', () => {
    expect(folder).toBeDefined();
  });
} else {
  describe.each(CASES)('$gun', ({ path, gun, rootKeyId, tags }) => {
    const verify = (now: string, id = rootKeyId) =>
      driveCollection(
        {
          gun,
          trust: { type: 'rootKeyIds', rootKeyIds: [id] },
          now: new Date(now),
        },
        filesIn(`${folder}/${path}`),
      );

    it('says what its publisher signed', () => {
      expect(tagsOf(verify('2020-01-01T00:00:00Z')).sort()).toEqual(tags);
    });

    it('is refused under another pin, and past its date', () => {
      expect(reasonOf(verify('2020-01-01T00:00:00Z', '00'.repeat(32)))).toBe(
        'rootNotPinned',
      );
      expect(reasonOf(verify('2120-01-01T00:00:00Z'))).toBe('trustDataExpired');
    });
  });

  it('has no file that is left out without a reason', () => {
    const root = vectorFolder('dct')!;
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(root, join(entry.parentPath, entry.name)));
    const left = files.filter(
      file =>
        !CASES.some(({ path }) =>
          file.startsWith(`notary-compat/fixtures/compatibility/${path}/`),
        ) && !LEFT_OUT.some(([pattern]) => pattern.test(file)),
    );
    expect(left.filter(file => !isRecorded(root, file))).toEqual([]);
  });

  it('has a root certificate that ended in 2026, which the client refuses as well', () => {
    const [, { path, gun, rootKeyId }] = CASES;
    const result = driveCollection(
      {
        gun,
        trust: { type: 'rootKeyIds', rootKeyIds: [rootKeyId] },
        now: new Date('2026-11-24T00:00:00Z'),
      },
      filesIn(`${folder}/${path}`),
    );
    expect(reasonOf(result)).toBe('trustDataExpired');
  });
}
