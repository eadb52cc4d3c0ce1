import { mockServices } from '@backstage/backend-test-utils';
import { EvidenceOf, ObservedPod } from 'backstage-plugin-supply-chain-common';
import { EvidenceCollector } from 'backstage-plugin-supply-chain-node';
import {
  currentRegistryUse,
  RegistryUse,
} from 'backstage-plugin-supply-chain-node/registry';
import { Knex } from 'knex';
import {
  exampleEntity,
  exampleOrigin,
  examplePod,
  exampleSignature,
} from '../__testUtils__/examples';
import { observePods } from '../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { CachedLinker } from '../database/CachedLinker';
import { DatabaseCatalogStore } from '../database/DatabaseCatalogStore';
import { DatabaseEvidenceStore } from '../database/DatabaseEvidenceStore';
import { lookAt } from './lookAt';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-05-01T12:00:00.000Z');

const inNamespace = (namespace: string): ObservedPod => ({
  ...examplePod({ uid: namespace, labels: {} }),
  namespace,
});

describe.each(databases.eachSupportedId())('lookAt on %s', id => {
  let knex: Knex;
  let store: DatabaseEvidenceStore;
  let uses: (RegistryUse | undefined)[];

  const origin = (
    answer: Partial<EvidenceOf<'origin'>> = {},
  ): EvidenceCollector => ({
    id: 'origin',
    kinds: ['origin'],
    collect: async (subject, { now }) => {
      await new Promise(resolve => setImmediate(resolve));
      uses.push(currentRegistryUse());
      return [{ ...exampleOrigin(now, subject), ...answer }];
    },
  });

  const signatures: EvidenceCollector = {
    id: 'sigstore',
    kinds: ['signature'],
    collect: async (subject, { now }) => {
      uses.push(currentRegistryUse());
      return [exampleSignature(now, { subject })];
    },
  };

  const look = async (originCollector: EvidenceCollector) => {
    const [task] = await store.take({ limit: 1, leaseMs: 60_000 });
    const { result } = await lookAt({
      task,
      store,
      originCollector,
      collectors: [signatures],
      policySet: async () => ({ trustRoots: [] }),
      logger: mockServices.logger.mock(),
      signal: new AbortController().signal,
      now: () => NOW,
      random: () => 0,
    });
    await store.complete(result);
  };

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    store = DatabaseEvidenceStore.create({ knex });
    uses = [];
    await DatabaseCatalogStore.create({
      knex,
      linker: new CachedLinker(),
    }).apply({ rows: [exampleEntity()], complete: true, now: NOW });
  });

  it('reads registries for every place and entity that runs the image (L30)', async () => {
    const pods = [examplePod(), inNamespace('edge')];
    await observePods({ knex, pods, now: NOW });
    await look(origin());
    const places = expect.arrayContaining([
      {
        cluster: 'east',
        namespace: 'shop',
        entityRef: 'component:default/web',
      },
      { cluster: 'east', namespace: 'edge' },
    ]);
    expect(uses).toEqual([{ places }, { places }]);
    expect(uses[0]?.places).toHaveLength(2);
    expect(currentRegistryUse()).toBeUndefined();
  });

  it('leaves out where it runs no longer', async () => {
    const pods = [examplePod(), inNamespace('edge')];
    await observePods({ knex, pods, now: NOW });
    await knex('running_images')
      .where({ namespace: 'shop' })
      .update({ running: false });
    await look(origin());
    expect(uses[0]).toEqual({
      places: [{ cluster: 'east', namespace: 'edge' }],
    });
  });

  it('looks again at once where the image runs anew when there were no credentials for it', async () => {
    const due = () => store.take({ limit: 1, leaseMs: 60_000 });
    await observePods({ knex, pods: [examplePod()], now: NOW });
    await look(
      origin({
        status: 'unavailable',
        reason: 'credentialsWithheld',
        detail: undefined,
      }),
    );
    expect(await due()).toEqual([]);
    await observePods({ knex, pods: [inNamespace('edge')], now: NOW });
    expect(await due()).toHaveLength(1);
  });

  it('does not look sooner where it merely runs once more', async () => {
    await observePods({ knex, pods: [examplePod()], now: NOW });
    await look(origin());
    await observePods({ knex, pods: [inNamespace('edge')], now: NOW });
    expect(await store.take({ limit: 1, leaseMs: 60_000 })).toEqual([]);
  });
});
