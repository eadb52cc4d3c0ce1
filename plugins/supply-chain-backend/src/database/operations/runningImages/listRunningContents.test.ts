import {
  Digest,
  EvidenceOf,
  ImageSubject,
  OriginDetail,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  digestOf,
  exampleOrigin,
  examplePod,
  REPOSITORY,
  SUBJECT,
} from '../../../__testUtils__/examples';
import { observePods } from '../../../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { EvidenceRow } from '../../tables';
import { evidenceRowOf } from '../evidence/evidenceRow';
import { listRunningContents } from './listRunningContents';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2100-05-01T12:00:00.000Z');

const children = [
  { digest: digestOf('1'), platform: 'linux/amd64' },
  { digest: digestOf('2'), platform: 'linux/arm64/v8' },
  { digest: digestOf('3'), platform: 'linux/s390x' },
];

describe.each(databases.eachSupportedId())('listRunningContents on %s', id => {
  let knex: Knex;

  const run = (
    pods: { uid: string; digest?: Digest; platform?: string | undefined }[],
  ) =>
    observePods({
      knex,
      now: NOW,
      pods: pods.map(({ platform, ...pod }) => ({
        ...examplePod({ ...pod, workload: pod.uid }),
        platform,
      })),
    });

  const know = async (
    detail: Partial<OriginDetail>,
    subject: ImageSubject = SUBJECT,
  ) => {
    const example = exampleOrigin(NOW, subject);
    const evidence: EvidenceOf<'origin'> = {
      ...example,
      detail: { ...example.detail!, ...detail },
    };
    await knex<EvidenceRow>('evidence').insert(
      evidenceRowOf({ evidence, hash: 'h', trust: {} }),
    );
  };

  const digests = async () =>
    (await listRunningContents({ knex })).map(({ digest }) => digest);

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
  });

  it('names a manifest once, with its platform and who may read it', async () => {
    await run([
      { uid: 'one', platform: 'linux/amd64' },
      { uid: 'two', platform: 'linux/amd64' },
    ]);
    await know({});
    expect(await listRunningContents({ knex })).toEqual([
      {
        repository: REPOSITORY,
        digest: SUBJECT.digest,
        platform: 'linux/amd64',
        use: { places: [{ cluster: 'east', namespace: 'shop' }] },
      },
    ]);
  });

  it('names the platforms of an index that run, and never the index', async () => {
    await run([
      { uid: 'one', platform: 'linux/amd64' },
      { uid: 'two', platform: 'linux/arm64' },
    ]);
    await know({ kind: 'index', children });
    expect(await digests()).toEqual([digestOf('1'), digestOf('2')]);
  });

  it('names all platforms where none is told', async () => {
    await run([{ uid: 'one', platform: undefined }]);
    await know({ kind: 'index', children });
    expect(await digests()).toEqual(children.map(({ digest }) => digest));
  });

  it('leaves out what is not known to be a manifest, and what no longer runs', async () => {
    await run([{ uid: 'one', platform: 'linux/amd64' }]);
    expect(await digests()).toEqual([]);
    await know({});
    await knex('running_images').update({ running: false });
    expect(await digests()).toEqual([]);
  });
});
