import {
  ImageReference,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import {
  buildImage,
  createKeyedBundle,
  createSigningKey,
  OciRegistryServer,
  publishBundle,
  signatureStatement,
} from 'sandbox';
import { MemoryState } from '../state';
import { ImageExaminer } from './ImageExaminer';

const imageRef = `registry.acme.example/shop/web@sha256:${'0'.repeat(64)}`;
const { reference } = parseImageReference(imageRef) as {
  reference: ImageReference;
};
const now = new Date('2026-12-03T12:00:00Z');

it('when a collector throws, its evidence is unavailable and the log says why', async () => {
  const errors: string[] = [];
  const examiner = ImageExaminer.create({
    registry: {
      proveAccess: async () => {
        throw new Error('broken');
      },
    } as unknown as RegistryClient,
    trustRoots: [],
    now,
    signal: new AbortController().signal,
    logger: {
      debug: jest.fn(),
      info: jest.fn(),
      warn: jest.fn(),
      error: message => errors.push(message),
    },
    stateOf: async () => new MemoryState(),
  });

  const { facts } = await examiner.examine({ imageRef, reference });

  const unavailable = {
    status: 'unavailable',
    reason: 'collectorError',
    message: 'broken',
    observedAt: now.toISOString(),
  };
  expect(facts.origin).toMatchObject({ ...unavailable, collector: 'origin' });
  expect(facts.signatures).toEqual([
    expect.objectContaining({ ...unavailable, collector: 'sigstore' }),
    // No trust root names a server, so none was asked.
    expect.objectContaining({ status: 'absent', collector: 'content-trust' }),
    expect.objectContaining({ ...unavailable, collector: 'notation' }),
  ]);
  expect(facts.provenance).toMatchObject(unavailable);
  expect(errors).toEqual([
    'the collector "origin" failed: broken',
    'the collector "sigstore" failed: broken',
    'the collector "notation" failed: broken',
  ]);
});

it('asks a registry once for everything that is there, however many collectors need it', async () => {
  const server = await OciRegistryServer.start();
  const { top } = buildImage({
    registry: server,
    repository: 'shop/web',
    tag: '1.0.0',
    source: 'https://github.com/acme/web',
    build: 1,
  });
  publishBundle({
    registry: server,
    repository: 'shop/web',
    subject: top,
    bundle: createKeyedBundle({
      key: createSigningKey(),
      statement: signatureStatement(top.digest),
    }),
    createdAt: now,
  });
  const { host } = server;
  const registry = RegistryClient.create({
    registries: [{ host, insecure: true, allowPrivateAddress: true }],
  });
  const parsed = parseImageReference(`${host}/shop/web:1.0.0@${top.digest}`);
  const examiner = ImageExaminer.create({
    registry,
    trustRoots: [],
    now,
    signal: new AbortController().signal,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    stateOf: async () => new MemoryState(),
  });

  const { facts } = await examiner.examine({
    imageRef: `${host}/shop/web:1.0.0@${top.digest}`,
    reference: (parsed as { reference: ImageReference }).reference,
  });
  await registry.close();
  await server.stop();

  expect(facts.signatures).toMatchObject([
    { detail: { statements: [{}] } },
    { status: 'absent' },
    { status: 'absent' },
  ]);
  // What a tag does not name is looked for by each that does not wait for the same answer.
  const found = server.requests
    .map(({ path }) => path)
    .filter(path => !path.includes('/manifests/sha256-'));
  expect(found).toEqual([...new Set(found)]);
  expect(found).toContain(`/v2/shop/web/referrers/${top.digest}`);
});
