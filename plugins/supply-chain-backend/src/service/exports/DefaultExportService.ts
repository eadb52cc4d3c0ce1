import { filterImages } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../database/chunks';
import { listAllServices } from '../../database/operations/overview/listServices';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { JudgingOptions, judgingNow } from '../judgingNow';
import { policyFilterOf } from '../reports/policyFilter';
import { readEntityChecks, readImageChecks } from '../reports/readCheckResults';
import { readEntityReport } from '../reports/readEntityReport';
import { readImageComparison } from '../reports/readImageComparison';
import { readVulnerabilityPage } from '../reports/readVulnerabilityPage';
import { serviceRowFrom } from '../reports/serviceRow';
import { ExportService } from './ExportService';
import { readAllPlaces } from './readAllPlaces';
import { readAllVulnerabilities } from './readAllVulnerabilities';
import { readAtOneInstant } from './readAtOneInstant';

/** Options of {@link DefaultExportService}. */
export type DefaultExportServiceOptions = JudgingOptions & {
  knex: Knex;
  /** Whether all data is that of the sandbox. */
  sandbox: boolean;
};

type Service = ExportService<VisibleEntities>;
type RequestOf<Name extends keyof Service> = Parameters<Service[Name]>[0];

/** What belongs to one image or service is read in one piece for every page, too. */
const WHOLE = { offset: 0, limit: Number.MAX_SAFE_INTEGER };

/** Exports what is stored, as far as the caller may see. */
export class DefaultExportService implements Service {
  readonly #options: DefaultExportServiceOptions;

  static create(options: DefaultExportServiceOptions): DefaultExportService {
    return new DefaultExportService(options);
  }

  private constructor(options: DefaultExportServiceOptions) {
    this.#options = options;
  }

  async *services(request: RequestOf<'services'>) {
    const { caller, filter, under, order } = request;
    const { knex, policySet } = this.#options;
    const policy = under && policyFilterOf(under, policySet());
    const rows = await listAllServices({
      knex,
      visible: caller,
      filter: policy ? { ...filter, policy } : filter,
      order,
    });
    for (const some of chunksOf(rows)) {
      yield some.map(serviceRowFrom);
    }
  }

  async *vulnerabilities(request: RequestOf<'vulnerabilities'>) {
    const { caller, ...query } = request;
    const judging = judgingNow(this.#options);
    yield* readAtOneInstant(this.#options.knex, knex =>
      readAllVulnerabilities({ ...query, ...judging, knex, visible: caller }),
    );
  }

  async *places(request: RequestOf<'places'>) {
    const { caller, ...query } = request;
    const judging = judgingNow(this.#options);
    yield* readAtOneInstant(this.#options.knex, knex =>
      readAllPlaces({ ...query, ...judging, knex, visible: caller }),
    );
  }

  async *imageVulnerabilities(request: RequestOf<'imageVulnerabilities'>) {
    const { caller, ...query } = request;
    const judging = judgingNow(this.#options);
    const read = async (knex: Knex) => {
      const { items, exploitData } = await readVulnerabilityPage({
        ...query,
        ...judging,
        knex,
        visible: caller,
        page: WHOLE,
      });
      return items.map(item => ({ ...item, exploitData }));
    };
    yield* readAtOneInstant(this.#options.knex, inPieces(read));
  }

  async *comparison(request: RequestOf<'comparison'>) {
    const { caller, ...query } = request;
    const { sandbox } = this.#options;
    const judging = judgingNow(this.#options);
    const read = async (knex: Knex) => {
      const { items, exploitData } = await readImageComparison({
        ...query,
        ...judging,
        knex,
        visible: caller,
        page: WHOLE,
        sandbox,
      });
      return items.map(item => ({ ...item, exploitData }));
    };
    yield* readAtOneInstant(this.#options.knex, inPieces(read));
  }

  async *imageChecks(request: RequestOf<'imageChecks'>) {
    const { caller, ...query } = request;
    const read = (knex: Knex) =>
      readImageChecks({ ...query, knex, visible: caller });
    yield* readAtOneInstant(this.#options.knex, inPieces(read));
  }

  async *entityChecks(request: RequestOf<'entityChecks'>) {
    const { caller, ...query } = request;
    const read = (knex: Knex) =>
      readEntityChecks({ ...query, knex, visible: caller });
    yield* readAtOneInstant(this.#options.knex, inPieces(read));
  }

  async *entityImages(request: RequestOf<'entityImages'>) {
    const { caller, ref, filter } = request;
    const { sandbox } = this.#options;
    const { policies } = judgingNow(this.#options);
    const read = async (knex: Knex) => {
      const { images } = await readEntityReport({
        knex,
        ref,
        visible: caller,
        policies,
        sandbox,
      });
      return filterImages(images, filter);
    };
    yield* readAtOneInstant(this.#options.knex, inPieces(read));
  }
}

/** What is read at once, some rows at a time. */
function inPieces<T>(read: (knex: Knex) => Promise<T[]>) {
  return async function* pieces(knex: Knex): AsyncGenerator<T[]> {
    yield* chunksOf(await read(knex));
  };
}
