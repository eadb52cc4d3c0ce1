import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { supplyChainUnlinkedReadPermission } from 'backstage-plugin-supply-chain-common';
import { VisibilityResolver } from '../permissions/VisibilityResolver';
import {
  CheckedObjectsRequest,
  ClusterListRequest,
  ClusterPageRequest,
  ClusterReader,
  ClusterRequest,
  ClusterService,
} from './ClusterService';
import { ClusterComponentFilter } from './reports/clusters/readClusterContents';
import { ClusterVulnerabilityFilter } from './reports/clusters/readClusterVulnerabilityPage';
import { ControlFilter } from './reports/clusters/readControlPage';
import { FailingCheckFilter } from './reports/clusters/readFailingCheckPage';
import { missing } from './requireRead';

type Caller = BackstageCredentials;

/** Options of {@link AuthorizedClusterService}. */
export type AuthorizedClusterServiceOptions = {
  service: ClusterService<ClusterReader>;
  visibility: VisibilityResolver;
};

/** Lets nobody ask who may not see what belongs to no entity (L33). */
export class AuthorizedClusterService implements ClusterService<Caller> {
  readonly #service: ClusterService<ClusterReader>;
  readonly #visibility: VisibilityResolver;

  static create(
    options: AuthorizedClusterServiceOptions,
  ): AuthorizedClusterService {
    return new AuthorizedClusterService(options);
  }

  private constructor(options: AuthorizedClusterServiceOptions) {
    this.#service = options.service;
    this.#visibility = options.visibility;
  }

  async list(request: ClusterListRequest<Caller>) {
    return this.#service.list(await this.#authorized(request));
  }

  async get(request: ClusterRequest<Caller>) {
    return this.#service.get(await this.#authorized(request));
  }

  async listControls(request: ClusterPageRequest<Caller, ControlFilter>) {
    return this.#service.listControls(await this.#authorized(request));
  }

  async listFailingChecks(
    request: ClusterPageRequest<Caller, FailingCheckFilter>,
  ) {
    return this.#service.listFailingChecks(await this.#authorized(request));
  }

  async listCheckedObjects(request: CheckedObjectsRequest<Caller>) {
    return this.#service.listCheckedObjects(await this.#authorized(request));
  }

  async listVulnerabilities(
    request: ClusterPageRequest<Caller, ClusterVulnerabilityFilter>,
  ) {
    return this.#service.listVulnerabilities(await this.#authorized(request));
  }

  async listComponents(
    request: ClusterPageRequest<Caller, ClusterComponentFilter>,
  ) {
    return this.#service.listComponents(await this.#authorized(request));
  }

  async #authorized<R extends { caller: Caller }>(
    request: R,
  ): Promise<Omit<R, 'caller'> & { caller: ClusterReader }> {
    const visible = await this.#visibility.forReading(request.caller);
    if (!visible.unlinked) {
      throw missing(supplyChainUnlinkedReadPermission);
    }
    const { rules } = await this.#visibility.forSecrets(request.caller);
    // What belongs to no entity meets no condition about one.
    return { ...request, caller: { secrets: rules === 'all' } };
  }
}
