import { MemoryMetrics } from 'backstage-plugin-supply-chain-node/testUtils';
import { createTestDatabases } from '../__testUtils__/testDatabases';
import { NOW } from '../service/__testUtils__/StoredWorld';
import { useExampleRouter } from '../service/__testUtils__/useExampleRouter';
import { observePortalState } from './observePortalState';
import { PortalState, readPortalState } from './readPortalState';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('portal metrics on %s', id => {
  const router = useExampleRouter({ databases, id });
  let metrics: MemoryMetrics;
  let reads: number;
  let nowMs: number;
  let stop: () => void;

  beforeEach(() => {
    metrics = new MemoryMetrics();
    reads = 0;
    nowMs = NOW.getTime();
    stop = observePortalState({
      metrics,
      read: async () => {
        reads += 1;
        return readPortalState({ knex: router.knex });
      },
      now: () => new Date(nowMs),
    });
  });

  const values = async (name: string, attributes: object = {}) =>
    (await metrics.read(name))
      .filter(each =>
        Object.entries(attributes).every(
          ([key, value]) => each.attributes[key] === value,
        ),
      )
      .map(each => each.value);

  it('are the numbers of the overview', async () => {
    const { figures } = (await router.get('/overview')).body;
    const images = async (question: string, outcome: string) =>
      (await values('supply_chain.images', { question, outcome }))[0];
    const services = await values('supply_chain.services');
    expect({
      signed: await images('signature', 'pass'),
      builtFromOwnRepository: await images('provenance', 'pass'),
      registryAllowed: await images('registry', 'pass'),
      scanUnknown: await images('scan', 'unknown'),
      services: services.reduce((sum, each) => sum + each),
      failing: await values('supply_chain.services', { outcome: 'fail' }),
      unlinked: await values('supply_chain.workloads.unlinked'),
    }).toEqual({
      signed: figures.signed.pass,
      builtFromOwnRepository: figures.builtFromOwnRepository.pass,
      registryAllowed: figures.registryAllowed.pass,
      scanUnknown: figures.scannedFresh.unknown,
      services: figures.services,
      failing: [figures.servicesFailing],
      unlinked: [figures.unlinked],
    });
    expect(figures.services).toBeGreaterThan(0);
  });

  it('are the sources and the queue of the page of sources', async () => {
    const { sources, queue } = (await router.get('/health/sources')).body;
    const states = await metrics.read('supply_chain.sources.state');
    expect(
      states
        .filter(({ value }) => value === 1)
        .map(({ attributes }) => attributes),
    ).toEqual(
      sources.map((each: Record<string, string>) => ({
        kind: each.kind,
        name: each.name,
        state: each.state,
      })),
    );
    expect(states).toHaveLength(5 * sources.length);
    const looks = { queue: 'looks' };
    expect(await values('supply_chain.queue.due', looks)).toEqual([queue.due]);
    expect(await values('supply_chain.queue.under_way', looks)).toEqual([
      queue.underWay,
    ]);
  });

  it('tell how long the oldest task has been due', async () => {
    const age = () =>
      values('supply_chain.queue.oldest_due_age', { queue: 'verdicts' });
    await router.knex('verdict_work').delete();
    expect(await age()).toEqual([0]);
    await router.knex('verdict_work').insert({
      running_image_id: 'some',
      next_attempt_at: new Date(nowMs - 90_000).toISOString(),
      attempts: 0,
      ticket: 'some',
    });
    nowMs += 5_000;
    expect(await age()).toEqual([95]);
  });

  it('are read once for all gauges, and not at all after the end', async () => {
    for (const { name } of metrics.instruments) {
      await metrics.read(name);
    }
    expect(reads).toBe(1);
    stop();
    nowMs += 60_000;
    expect(await metrics.read('supply_chain.services')).toEqual([]);
    expect(reads).toBe(1);
  });
});

it('a state that could not be read is read again for the next gauge', async () => {
  const metrics = new MemoryMetrics();
  let reads = 0;
  observePortalState({
    metrics,
    read: async (): Promise<PortalState> => {
      reads += 1;
      throw new Error('503');
    },
    now: () => NOW,
  });
  for (const name of ['supply_chain.services', 'supply_chain.images']) {
    await expect(metrics.read(name)).rejects.toThrow('503');
  }
  expect(reads).toBe(2);
});
