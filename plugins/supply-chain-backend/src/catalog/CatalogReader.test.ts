import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { CatalogReader } from './CatalogReader';
import { CatalogStore } from './CatalogStore';

const entities = ['Component', 'System', 'User'].map(kind => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: `some-${kind.toLocaleLowerCase('en-US')}` },
}));

describe('CatalogReader', () => {
  let applied: { refs: string[]; complete: boolean }[];
  let reports: SourceReport[];
  let changes: number;
  let relinked: number;

  const readerOf = (catalog = catalogServiceMock({ entities })) => {
    const store: CatalogStore = {
      apply: async ({ rows, complete }) => {
        applied.push({ refs: rows.map(row => row.ref), complete });
        return true;
      },
      relink: async () => {
        relinked += 1;
      },
    };
    return CatalogReader.create({
      catalog,
      auth: mockServices.auth(),
      store,
      health: {
        report: async (_, report) => {
          reports.push(report);
        },
        setItems: async () => undefined,
        keepOnly: async () => undefined,
      },
      logger: mockServices.logger.mock(),
      onChanged: () => {
        changes += 1;
      },
      now: () => new Date(0),
    });
  };

  beforeEach(() => {
    applied = [];
    reports = [];
    changes = 0;
    relinked = 0;
  });

  it('reads the kinds that run something', async () => {
    await readerOf().readAll();
    expect(applied).toEqual([
      {
        refs: [
          'component:default/some-component',
          'system:default/some-system',
        ],
        complete: true,
      },
    ]);
    expect(reports).toMatchObject([{ kind: 'catalog', state: 'ok' }]);
    expect(changes).toBe(1);
  });

  it('removes nothing, but links anew, when the catalog cannot be read', async () => {
    const catalog = catalogServiceMock({ entities });
    catalog.streamEntities = async function* fail() {
      throw new Error('503');
    };
    await readerOf(catalog).readAll();
    expect(applied).toEqual([]);
    expect(reports).toMatchObject([{ state: 'down', message: 'Error: 503' }]);
    expect(relinked).toBe(1);
  });

  it('reads one entity on demand and removes no other', async () => {
    await readerOf().readOne('component:default/some-component');
    await readerOf().readOne('component:default/missing');
    expect(applied).toEqual([
      { refs: ['component:default/some-component'], complete: false },
    ]);
  });
});
