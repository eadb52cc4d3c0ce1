import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SourceHealthStore } from '../stores/SourceStore';
import { CatalogStore } from './CatalogStore';
import { domainsOf, entityRowOf } from './entityRowOf';

/** The kinds that run something, and the systems that say which domain they are in. */
const KINDS = ['component', 'resource', 'api', 'system'];

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'spec.lifecycle',
  'relations',
];

/** Options of {@link CatalogReader}. */
export type CatalogReaderOptions = {
  catalog: Pick<CatalogService, 'streamEntities' | 'getEntityByRef'>;
  auth: AuthService;
  store: CatalogStore;
  health: SourceHealthStore;
  logger: Pick<LoggerService, 'warn'>;
  onChanged: () => void;
  now: () => Date;
};

/** Copies what is needed of the catalog into our own table, so that no list asks the catalog row by row. */
export class CatalogReader {
  readonly #options: CatalogReaderOptions;

  static create(options: CatalogReaderOptions): CatalogReader {
    return new CatalogReader(options);
  }

  private constructor(options: CatalogReaderOptions) {
    this.#options = options;
  }

  /** Reads the whole catalog. When it cannot be read to its end, nothing is removed. */
  async readAll(): Promise<void> {
    const { catalog, auth, logger, store } = this.#options;
    try {
      // Limits on claims that a restart brought hold even while the catalog cannot be read (L31).
      await store.relink(this.#options.now());
      const credentials = await auth.getOwnServiceCredentials();
      const entities: Entity[] = [];
      const pages = catalog.streamEntities(
        { filter: KINDS.map(kind => ({ kind })), fields: FIELDS },
        { credentials },
      );
      for await (const page of pages) {
        entities.push(...page);
      }
      await this.#apply(entities, true);
      await this.#report('ok');
    } catch (error) {
      logger.warn(`The catalog cannot be read: ${error}`);
      await this.#report('down', String(error));
    }
  }

  /** Reads one entity that is not known yet, for instance because its page was opened just after it was added. */
  async readOne(entityRef: string): Promise<void> {
    const { catalog, auth } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (entity) {
      await this.#apply([entity], false);
    }
  }

  async #apply(entities: Entity[], complete: boolean): Promise<void> {
    const { store, onChanged } = this.#options;
    const now = this.#options.now();
    const domains = domainsOf(entities);
    const rows = entities.map(entity => entityRowOf({ entity, domains, now }));
    if (await store.apply({ rows, complete, now })) {
      onChanged();
    }
  }

  async #report(state: 'ok' | 'down', message?: string): Promise<void> {
    await this.#options.health.report('catalog', {
      kind: 'catalog',
      name: 'catalog',
      state,
      ...(message && { reason: 'malformedAnswer' as const, message }),
    });
  }
}
