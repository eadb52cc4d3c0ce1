import { mockServices } from '@backstage/backend-test-utils';
import { EvidenceCollector } from 'backstage-plugin-supply-chain-node';
import { SUBJECT, exampleSignature } from '../__testUtils__/examples';
import { RegistryHealth } from './RegistryHealth';
import { runCollector } from './runCollector';

const NOW = new Date('2026-05-01T00:00:00.000Z');

const run = (
  collect: EvidenceCollector['collect'],
  signal = new AbortController().signal,
) =>
  runCollector({
    collector: { id: 'sigstore', kinds: ['signature'], collect },
    subject: SUBJECT,
    context: {
      signal,
      logger: mockServices.logger.mock(),
      now: NOW,
      imageRefs: [],
      trustRoots: [],
      state: { get: async () => undefined, set: async () => undefined },
      fresh: false,
    },
    timeoutMs: 20,
  });

describe('runCollector', () => {
  it('returns what was found', async () => {
    const evidence = exampleSignature(NOW);
    expect(await run(async () => [evidence])).toEqual([evidence]);
  });

  it('does not wait for a collector that ignores its deadline', async () => {
    const found = await run(() => new Promise(() => undefined));
    expect(found).toMatchObject([
      {
        status: 'unavailable',
        reason: 'collectorError',
        message: 'No answer within 0.02 s',
      },
    ]);
  });

  it('makes no evidence of a shutdown', async () => {
    const stop = new AbortController();
    const running = run(() => new Promise(() => undefined), stop.signal);
    stop.abort(new Error('shutdown'));
    await expect(running).rejects.toThrow('shutdown');
  });
});

describe('RegistryHealth', () => {
  const subject = (name: string) => ({
    ...SUBJECT,
    repository: `registry.acme.example/${name}`,
  });

  it('is degraded when some repositories fail, down when all do', () => {
    const health = new RegistryHealth();
    const note = (name: string, failure?: 'registryRefused') =>
      health.note({ subject: subject(name), failure, nextTryAt: NOW });
    expect(note('a')).toEqual({
      kind: 'registry',
      name: 'registry.acme.example',
      state: 'ok',
    });
    expect(note('b', 'registryRefused')).toMatchObject({
      state: 'degraded',
      reason: 'registryRefused',
      message: '1 of 2 repositories, for instance registry.acme.example/b',
      nextTryAt: NOW.toISOString(),
    });
    expect(note('a', 'registryRefused')).toMatchObject({ state: 'down' });
    expect(note('a')).toMatchObject({ state: 'degraded' });
    expect(note('b')).toMatchObject({ state: 'ok' });
  });

  it('does not grow without limit', () => {
    const health = new RegistryHealth();
    for (let index = 0; index < 1_100; index += 1) {
      health.note({
        subject: subject(`r${index}`),
        failure: 'registryRefused',
        nextTryAt: NOW,
      });
    }
    expect(
      health.note({ subject: subject('last'), nextTryAt: NOW }).message,
    ).toMatch(/^999 of 1000 /);
  });
});
