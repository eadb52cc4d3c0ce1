import {
  AdmissionFeedPage,
  NamespaceClaims,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  AdmissionFeedStore,
  ListedScan,
  ReportPosition,
} from '../stores/AdmissionFeedStore';
import { LoadedCatalogue } from '../stores/ExploitDataStore';
import { readDatabaseTime } from './databaseTime';
import { advanceSequence } from './operations/admissionFeed/advanceSequence';
import { listChangedReports } from './operations/admissionFeed/listChangedReports';
import { listLinkableEntities } from './operations/admissionFeed/listLinkableEntities';
import { listRepositoriesOf } from './operations/admissionFeed/listRepositoriesOf';
import { readEntitiesVersion } from './operations/admissionFeed/readEntitiesVersion';
import { readClocks } from './operations/clocks/readClocks';
import { readKnownExploited } from './operations/exploitData/readKnownExploited';
import { reportEvidenceOf } from './operations/reports/reportRow';
import { listSources } from './operations/sources/listSources';
import { scannerOf } from './operations/sources/scannerOf';
import { listWaiversInForce } from './operations/waivers/listWaiversInForce';

/** Options of {@link DatabaseAdmissionFeedStore}. */
export type DatabaseAdmissionFeedStoreOptions = {
  knex: Knex;
  /** Limits on what annotations may claim (L31). Absent: none. */
  claims?: NamespaceClaims;
};

/** What admission webhooks are told, from the database. */
export class DatabaseAdmissionFeedStore implements AdmissionFeedStore {
  readonly #knex: Knex;
  readonly #claims?: NamespaceClaims;

  static create(
    options: DatabaseAdmissionFeedStoreOptions,
  ): DatabaseAdmissionFeedStore {
    return new DatabaseAdmissionFeedStore(options);
  }

  private constructor({ knex, claims }: DatabaseAdmissionFeedStoreOptions) {
    this.#knex = knex;
    this.#claims = claims;
  }

  async readTime(): Promise<string> {
    return readDatabaseTime(this.#knex);
  }

  async listScans(after: ReportPosition, limit: number): Promise<ListedScan[]> {
    const knex = this.#knex;
    const reports = await listChangedReports({ knex, after, limit });
    return reports.map(({ row, scan }) => {
      const { feed, source, uid, hash, changed_at: changedAt } = row;
      return {
        key: `${feed}/${source}/${uid}`,
        hash,
        scan: reportEvidenceOf({ row, scan }),
        position: { changedAt, feed, source, uid },
        digest: row.digest!,
      };
    });
  }

  async readClocks(digests: string[]): Promise<AdmissionFeedPage['clocks']> {
    const knex = this.#knex;
    const repositories = await listRepositoriesOf({ knex, digests });
    const clocks = await readClocks({ knex, repositories });
    return [...clocks].map(([repository, each]) => ({
      repository,
      clocks: each,
    }));
  }

  async listScanners(): Promise<AdmissionFeedPage['scanners']> {
    const sources = await listSources({ knex: this.#knex });
    const clusters = sources
      .filter(
        source =>
          ['cluster', 'scanner'].includes(source.kind) && !source.of_no_cluster,
      )
      .map(({ name }) => name);
    return [...new Set(clusters)].flatMap(cluster => {
      const { scanner } = scannerOf(sources, cluster);
      return scanner ? [{ cluster, ...scanner }] : [];
    });
  }

  async listWaivers(now: Date): Promise<AdmissionFeedPage['waivers']> {
    return listWaiversInForce({ knex: this.#knex, after: now });
  }

  async entitiesVersion(): Promise<string> {
    return readEntitiesVersion({ knex: this.#knex, beside: this.#claims });
  }

  async listEntities(): Promise<NonNullable<AdmissionFeedPage['entities']>> {
    return {
      list: await listLinkableEntities({ knex: this.#knex }),
      ...(this.#claims && { claims: this.#claims }),
    };
  }

  async readCatalogue(): Promise<LoadedCatalogue | undefined> {
    return readKnownExploited({ knex: this.#knex });
  }

  async nextSequence(nowMs: number): Promise<number> {
    return advanceSequence({ knex: this.#knex, nowMs });
  }
}
