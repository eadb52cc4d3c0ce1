import {
  PolicyBundle,
  TufReference,
  tufFileNames,
  TufTarget,
} from 'backstage-plugin-supply-chain-common';
import { fetchTrustedRoots } from './fetchTrustedRoots';
import { TufReader, TufReading } from './tuf';

const mirror = 'https://tuf.acme.example';
const root = '{"signed":{}}';
const names = tufFileNames({ mirror, root });

const target = (content: string): TufTarget => ({
  content,
  receipt: {
    checkedAt: '2026-11-25T12:00:00.000Z',
    expiresAt: '2026-12-01T00:00:00.000Z',
    metadata: { root },
  },
});

const kept = (content: string) => ({
  [names.content]: content,
  [names.receipt]: JSON.stringify(target(content).receipt),
});

const bundle = (overrides: Partial<PolicyBundle> = {}): PolicyBundle => ({
  source: 'trust.yaml',
  fromUrl: false,
  text: ['acme-ci', 'acme-release']
    .map(
      name => `apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: ${name} }
spec:
  sigstore:
    trustedRoot: { tuf: { mirror: ${mirror}, root: { file: ./root.json } } }
    identities: [{ issuer: none, subject: ci@acme.example }]
`,
    )
    .join('---\n'),
  files: { 'root.json': root },
  ...overrides,
});

class FakeReader implements TufReader {
  readonly asked: { reference: TufReference; previous?: TufTarget }[] = [];

  constructor(readonly reading: TufReading) {}

  async read(reference: TufReference, options: { previous?: TufTarget }) {
    this.asked.push({ reference, previous: options.previous });
    return this.reading;
  }
}

const failing = () =>
  new FakeReader({ ok: false, code: 'tufExpired', message: 'it ended' });

it('asks each repository once, and puts what it gives among the files', async () => {
  const reader = new FakeReader({ ok: true, target: target('new') });
  const fetched = await fetchTrustedRoots({ bundle: bundle(), reader });
  expect(reader.asked).toEqual([{ reference: { mirror, root } }]);
  expect(fetched).toEqual({
    bundle: bundle({ files: { 'root.json': root, ...kept('new') } }),
    problems: [],
  });
});

it('hands over what was taken last, and keeps it when there is nothing now', async () => {
  const reader = failing();
  const previous = bundle({ files: kept('old') });
  const fetched = await fetchTrustedRoots({
    bundle: bundle(),
    previous,
    reader,
  });
  expect(reader.asked).toMatchObject([{ previous: target('old') }]);
  expect(fetched.bundle.files).toEqual({ 'root.json': root, ...kept('old') });
  expect(fetched.problems).toEqual([
    {
      code: 'tufExpired',
      source: 'trust.yaml',
      message: `it ended; what "${mirror}" gave at 2026-11-25T12:00:00.000Z stays in force`,
    },
  ]);
});

it('says so when nothing was ever fetched', async () => {
  const { problems } = await fetchTrustedRoots({
    bundle: bundle(),
    reader: failing(),
  });
  expect(problems).toMatchObject([
    { message: `it ended; nothing was ever fetched from "${mirror}"` },
  ]);
});

it('keeps nothing that belongs to another initial root', async () => {
  const reader = failing();
  const fetched = await fetchTrustedRoots({
    bundle: bundle({ files: { 'root.json': '{"signed":1}' } }),
    previous: bundle({ files: kept('old') }),
    reader,
  });
  expect(reader.asked).toEqual([
    { reference: { mirror, root: '{"signed":1}' } },
  ]);
  expect(Object.keys(fetched.bundle.files)).toEqual(['root.json']);
});

it('takes the root of a document from an address inline only', async () => {
  const reader = new FakeReader({ ok: true, target: target('new') });
  const fromUrl = bundle({ fromUrl: true });
  await fetchTrustedRoots({ bundle: fromUrl, reader });
  expect(reader.asked).toEqual([]);
  const text = fromUrl.text.replaceAll(
    '{ file: ./root.json }',
    `{ inline: '${root}' }`,
  );
  await fetchTrustedRoots({ bundle: { ...fromUrl, text }, reader });
  expect(reader.asked).toMatchObject([{ reference: { mirror, root } }]);
});

it('asks nobody where no document names a repository', async () => {
  const reader = failing();
  const plain = bundle({ text: 'not: a policy' });
  expect(await fetchTrustedRoots({ bundle: plain, reader })).toEqual({
    bundle: plain,
    problems: [],
  });
});
