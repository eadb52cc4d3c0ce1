import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandLineError } from '../commandLine/CommandLineError';
import { readKevFile } from './readKevFile';

describe('readKevFile', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kev-'));
    file = join(folder, 'kev.json');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const document = (count: number) =>
    JSON.stringify({
      catalogVersion: '1',
      dateReleased: '2026-11-20T00:00:00Z',
      count,
      vulnerabilities: [
        {
          cveID: 'CVE-2026-1000',
          dateAdded: '2026-11-01',
          dueDate: '2026-11-22',
          knownRansomwareCampaignUse: 'Known',
        },
      ],
    });

  it('reads the catalogue', async () => {
    await writeFile(file, document(1));
    expect((await readKevFile(file)).entries).toHaveLength(1);
  });

  it.each<[string, () => Promise<void>, string]>([
    ['is not there', async () => undefined, 'documentFileMissing'],
    ['is cut off', () => writeFile(file, '{'), 'exploitDataMalformed'],
    [
      'is not whole',
      () => writeFile(file, document(2)),
      'exploitDataIncomplete',
    ],
    [
      'is too large',
      () => writeFile(file, Buffer.alloc(17 * 1024 * 1024)),
      'at most',
    ],
  ])('refuses one that %s', async (_, write, why) => {
    await write();
    const refused = readKevFile(file);
    await expect(refused).rejects.toThrow(CommandLineError);
    await expect(refused).rejects.toThrow(why);
  });
});
