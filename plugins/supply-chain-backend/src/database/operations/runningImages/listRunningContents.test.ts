import {
  Digest,
  EvidenceOf,
  ImageSubject,
  OriginDetail,
  subjectKey,
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
import { writeSubjectDigests } from '../evidence/writeSubjectDigests';
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
        digest: SUBJECT.digest,
        platform: 'linux/amd64',
        locations: [
          {
            repository: REPOSITORY,
            use: { places: [{ cluster: 'east', namespace: 'shop' }] },
          },
        ],
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

  it('names every repository a manifest runs from', async () => {
    const mirror: ImageSubject = { ...SUBJECT, repository: 'mirror.test/web' };
    await run([{ uid: 'one', platform: 'linux/amd64' }]);
    await know({});
    await knex('running_images').insert({
      ...(await knex('running_images').first()),
      id: 'mirrored',
      namespace: 'edge',
      subject_key: subjectKey(mirror),
    });
    await know({}, mirror);
    const [{ locations }, ...others] = await listRunningContents({ knex });
    expect(others).toEqual([]);
    expect(
      locations.map(({ repository, use }) => [repository, use.places]),
    ).toEqual([
      [mirror.repository, [{ cluster: 'east', namespace: 'edge' }]],
      [REPOSITORY, [{ cluster: 'east', namespace: 'shop' }]],
    ]);
  });

  it('leaves out what no longer runs', async () => {
    await run([{ uid: 'one', platform: 'linux/amd64' }]);
    await know({});
    await knex('running_images').update({ running: false });
    expect(await digests()).toEqual([]);
  });

  it('names what no registry has told of yet, without a place to read it', async () => {
    await run([{ uid: 'one', platform: 'linux/amd64' }]);
    expect(await listRunningContents({ knex })).toEqual([
      { digest: SUBJECT.digest, locations: [] },
    ]);
  });

  it('keeps naming the platforms of an index that its registry no longer tells of', async () => {
    await run([{ uid: 'one', platform: 'linux/amd64' }]);
    const { detail, ...told } = exampleOrigin(NOW);
    await knex.transaction(transaction =>
      writeSubjectDigests({
        transaction,
        evidence: [
          { ...told, detail: { ...detail!, kind: 'index', children } },
        ],
      }),
    );
    const gone: EvidenceOf<'origin'> = {
      ...told,
      status: 'unavailable',
      reason: 'subjectNotFound',
    };
    await knex<EvidenceRow>('evidence').insert(
      evidenceRowOf({ evidence: gone, hash: 'h', trust: {} }),
    );
    const contents = await listRunningContents({ knex });
    expect(contents.map(({ digest }) => digest).sort()).toEqual(
      [SUBJECT.digest, ...children.map(({ digest }) => digest)].sort(),
    );
    expect(contents.flatMap(({ locations }) => locations)).toEqual([]);
  });
});
