import {
  EntityFacts,
  EvidenceOf,
  VulnerabilityClock,
  Waiver,
} from 'backstage-plugin-supply-chain-common';
import { CollectorState } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { DatabaseEvidenceStore } from '../../database/DatabaseEvidenceStore';
import { DatabaseWaiverStore } from '../../database/DatabaseWaiverStore';
import { readClocks } from '../../database/operations/clocks/readClocks';
import { entityFactsOf } from '../../database/operations/entities/entityFactsOf';
import { readEntityLinks } from '../../database/operations/entities/readEntityLinks';
import { readKnownExploited } from '../../database/operations/exploitData/readKnownExploited';
import { readVisibleEntity } from '../../database/operations/entities/readVisibleEntity';
import { readScans } from '../../database/operations/reports/readScans';
import { readEntityUploads } from '../../database/operations/uploads/readUploads';
import { UploadedEvidence } from '../../database/operations/uploads/uploadRow';
import { readSetting } from '../../database/operations/settings/setting';
import { EntityRow } from '../../database/tables';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { LoadedCatalogue } from '../../stores/ExploitDataStore';

/** What is known of a repository through an entity that runs something from it. */
export type KnownRepository = {
  /** Whether the entity runs something from it (L30). */
  isLinked: boolean;
  /** Scans of this digest where the entity runs it: what others run is not told (L33). */
  scans(digest: string): Promise<EvidenceOf<'vulnerabilities'>[]>;
  clocks: VulnerabilityClock[];
};

const NOTHING_KNOWN: KnownRepository = {
  isLinked: false,
  scans: async () => [],
  clocks: [],
};

/** What is stored and checks rest on. */
export class CheckKnowledge {
  readonly #knex: Knex;
  readonly #evidence: DatabaseEvidenceStore;
  readonly #waivers: DatabaseWaiverStore;

  static create(options: { knex: Knex }): CheckKnowledge {
    return new CheckKnowledge(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.#evidence = DatabaseEvidenceStore.create({ knex });
    this.#waivers = DatabaseWaiverStore.create({ knex });
  }

  /** An entity, as far as a caller may see it. `visible` is absent for a caller that is bound to the entity itself. */
  async entity(
    ref: string,
    visible?: VisibleEntities,
  ): Promise<EntityFacts | undefined> {
    const row = visible
      ? await readVisibleEntity({ knex: this.#knex, ref, visible })
      : await this.#knex<EntityRow>('entities').where({ ref }).first();
    return row && entityFactsOf(row);
  }

  async repository(
    entityRef: string | undefined,
    repository: string,
  ): Promise<KnownRepository> {
    if (entityRef === undefined) {
      return NOTHING_KNOWN;
    }
    const knex = this.#knex;
    const rows = await readEntityLinks({ knex, entityRef, repository });
    if (rows.length === 0) {
      return NOTHING_KNOWN;
    }
    const clocks = await readClocks({ knex, repositories: [repository] });
    return {
      isLinked: true,
      scans: async digest => {
        const images = rows.filter(row => row.digest === digest);
        const scans = await readScans({ knex, images });
        return distinct([...scans.values()].flat());
      },
      clocks: clocks.get(repository) ?? [],
    };
  }

  /** What was handed in for an entity about an image, by every digest that may be named for it (L9). */
  uploads(
    entityRef: string,
    image: { repository: string; digests: string[] },
  ): Promise<UploadedEvidence[]> {
    return readEntityUploads({ knex: this.#knex, entityRef, ...image });
  }

  waiversInForce(now: Date): Promise<Waiver[]> {
    return this.#waivers.inForce(now);
  }

  stateOf(collector: string): CollectorState {
    return this.#evidence.stateOf(collector);
  }

  lastEvaluatedAt(): Promise<string | undefined> {
    return readSetting(this.#knex, 'lastEvaluatedAt');
  }

  /** Of known exploited vulnerabilities; undefined when none is loaded. */
  catalogue(): Promise<LoadedCatalogue | undefined> {
    return readKnownExploited({ knex: this.#knex });
  }
}

/** The same report may be found through several workloads. */
function distinct<T>(values: T[]): T[] {
  return [
    ...new Map(values.map(each => [JSON.stringify(each), each])).values(),
  ];
}
