import {
  ImageReference,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
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
