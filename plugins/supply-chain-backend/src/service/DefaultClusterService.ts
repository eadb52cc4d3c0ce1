import { Knex } from 'knex';
import {
  CheckedObjectsRequest,
  ClusterListRequest,
  ClusterPageRequest,
  ClusterReader,
  ClusterRequest,
  ClusterService,
} from './ClusterService';
import { readCluster } from './reports/clusters/readCluster';
import {
  ClusterComponentFilter,
  readClusterComponentPage,
} from './reports/clusters/readClusterContents';
import { readClusterList } from './reports/clusters/readClusterList';
import {
  ClusterVulnerabilityFilter,
  readClusterVulnerabilityPage,
} from './reports/clusters/readClusterVulnerabilityPage';
import {
  ControlFilter,
  readControlPage,
} from './reports/clusters/readControlPage';
import {
  FailingCheckFilter,
  readCheckedObjectPage,
  readFailingCheckPage,
} from './reports/clusters/readFailingCheckPage';

/** Options of {@link DefaultClusterService}. */
export type DefaultClusterServiceOptions = {
  knex: Knex;
  /** Whether all data is that of the sandbox. */
  sandbox: boolean;
};

type Caller = ClusterReader;

/** Answers from what is stored. */
export class DefaultClusterService implements ClusterService<Caller> {
  readonly #options: DefaultClusterServiceOptions;

  static create(options: DefaultClusterServiceOptions): DefaultClusterService {
    return new DefaultClusterService(options);
  }

  private constructor(options: DefaultClusterServiceOptions) {
    this.#options = options;
  }

  async list({ caller, page }: ClusterListRequest<Caller>) {
    const { knex, sandbox } = this.#options;
    return readClusterList({ knex, sandbox, page, ...caller });
  }

  async get({ caller, cluster }: ClusterRequest<Caller>) {
    const { knex, sandbox } = this.#options;
    return readCluster({ knex, sandbox, cluster, ...caller });
  }

  async listControls(request: ClusterPageRequest<Caller, ControlFilter>) {
    const { caller, ...query } = request;
    return readControlPage({ knex: this.#options.knex, ...query, ...caller });
  }

  async listFailingChecks(
    request: ClusterPageRequest<Caller, FailingCheckFilter>,
  ) {
    const { caller, ...query } = request;
    return readFailingCheckPage({ knex: this.#options.knex, ...query });
  }

  async listCheckedObjects(request: CheckedObjectsRequest<Caller>) {
    const { caller, ...query } = request;
    return readCheckedObjectPage({ knex: this.#options.knex, ...query });
  }

  async listVulnerabilities(
    request: ClusterPageRequest<Caller, ClusterVulnerabilityFilter>,
  ) {
    const { caller, ...query } = request;
    return readClusterVulnerabilityPage({ knex: this.#options.knex, ...query });
  }

  async listComponents(
    request: ClusterPageRequest<Caller, ClusterComponentFilter>,
  ) {
    const { caller, ...query } = request;
    return readClusterComponentPage({ knex: this.#options.knex, ...query });
  }
}
