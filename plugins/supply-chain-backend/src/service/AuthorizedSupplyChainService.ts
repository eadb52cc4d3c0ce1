import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  schema,
  supplyChainExportPermission,
  supplyChainPolicyReadPermission,
  supplyChainRecheckPermission,
  supplyChainSourcesReadPermission,
  supplyChainTrustReadPermission,
  supplyChainUnlinkedReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { VisibilityResolver } from '../permissions/VisibilityResolver';
import { VisibleEntities } from '../permissions/VisibleEntities';
import { missing, requireImages, requireRead } from './requireRead';
import {
  ComparisonRequest,
  ComponentRequest,
  EntityChecksRequest,
  EntityRequest,
  FactsRequest,
  HistoryRequest,
  ImageChecksRequest,
  ImageRequest,
  OverviewRequest,
  SupplyChainService,
  TrustRootImagesRequest,
  UnlinkedRequest,
  VulnerabilitiesRequest,
  VulnerabilityGroupsRequest,
  VulnerabilityPlacesRequest,
  VulnerabilityRequest,
} from './SupplyChainService';

/** Options of {@link AuthorizedSupplyChainService}. */
export type AuthorizedSupplyChainServiceOptions = {
  service: SupplyChainService<VisibleEntities>;
  visibility: VisibilityResolver;
  catalog: CatalogService;
  /** Reads one entity of the catalog that is not known here yet. */
  refreshEntity?: (ref: string) => Promise<void>;
};

type Caller = BackstageCredentials;

/** Finds out what the caller may see and lets the service behind it answer with that (L33). */
export class AuthorizedSupplyChainService
  implements SupplyChainService<Caller>
{
  readonly #service: SupplyChainService<VisibleEntities>;
  readonly #visibility: VisibilityResolver;
  readonly #catalog: CatalogService;
  readonly #refreshEntity: (ref: string) => Promise<void>;

  static create(
    options: AuthorizedSupplyChainServiceOptions,
  ): AuthorizedSupplyChainService {
    return new AuthorizedSupplyChainService(options);
  }

  private constructor(options: AuthorizedSupplyChainServiceOptions) {
    this.#service = options.service;
    this.#visibility = options.visibility;
    this.#catalog = options.catalog;
    this.#refreshEntity = options.refreshEntity ?? (async () => {});
  }

  async getEntity(
    request: EntityRequest<Caller>,
  ): Promise<schema.EntityReport> {
    const { ref, caller } = request;
    const visible = requireRead(await this.#visibility.forReading(caller));
    try {
      return await this.#service.getEntity({
        ref,
        caller: visible,
        secrets: await this.#visibility.forSecrets(caller),
      });
    } catch (error) {
      if (!NotFoundError.is(error) || !(await this.#wasUnknown(request))) {
        throw error;
      }
    }
    const anew = requireRead(await this.#visibility.forReading(caller));
    return this.#service.getEntity({
      ref,
      caller: anew,
      secrets: await this.#visibility.forSecrets(caller),
    });
  }

  async listEntityChecks(
    request: EntityChecksRequest<Caller>,
  ): Promise<schema.CheckResultPage> {
    const visible = requireRead(
      await this.#visibility.forReading(request.caller),
    );
    const secrets = await this.#visibility.forSecrets(request.caller);
    return this.#service.listEntityChecks({
      ...request,
      caller: visible,
      secrets,
    });
  }

  async recheckEntity(
    request: EntityRequest<Caller>,
  ): Promise<schema.RecheckTicket> {
    const { ref, caller } = request;
    // Who may not see the entity learns nothing else about it.
    await this.getEntity(request);
    const visible = await this.#visibility.forRecheck(caller);
    try {
      return await this.#service.recheckEntity({ ref, caller: visible });
    } catch (error) {
      throw NotFoundError.is(error)
        ? missing(supplyChainRecheckPermission)
        : error;
    }
  }

  async getImage(request: ImageRequest<Caller>): Promise<schema.ImageReport> {
    const caller = await this.#readerOfImages(request.caller);
    const explain = await this.#visibility.mayReadPolicies(request.caller);
    const trust = await this.#visibility.mayReadTrust(request.caller);
    const secrets = await this.#visibility.forSecrets(request.caller);
    return this.#service.getImage({
      ...request,
      caller,
      explain,
      trust,
      secrets,
    });
  }

  async listImageChecks(
    request: ImageChecksRequest<Caller>,
  ): Promise<schema.CheckResultPage> {
    const caller = await this.#readerOfImages(request.caller);
    const secrets = await this.#visibility.forSecrets(request.caller);
    return this.#service.listImageChecks({ ...request, caller, secrets });
  }

  async listVulnerabilities(
    request: VulnerabilityRequest<Caller>,
  ): Promise<schema.VulnerabilityPage> {
    const caller = await this.#readerOfImages(request.caller);
    return this.#service.listVulnerabilities({ ...request, caller });
  }

  async groupVulnerabilities(
    request: VulnerabilityGroupsRequest<Caller>,
  ): Promise<schema.VulnerabilityGroupPage> {
    const caller = await this.#readerOfImages(request.caller);
    return this.#service.groupVulnerabilities({ ...request, caller });
  }

  async listComponents(
    request: ComponentRequest<Caller>,
  ): Promise<schema.ImageComponentPage> {
    const caller = await this.#readerOfImages(request.caller);
    return this.#service.listComponents({ ...request, caller });
  }

  async listAllVulnerabilities(
    request: VulnerabilitiesRequest<Caller>,
  ): Promise<schema.VulnerabilityOverview> {
    const caller = await this.#readerOfImages(request.caller);
    return this.#service.listAllVulnerabilities({ ...request, caller });
  }

  async getVulnerability(
    request: VulnerabilityPlacesRequest<Caller>,
  ): Promise<schema.VulnerabilityReport> {
    const caller = await this.#readerOfImages(request.caller);
    return this.#service.getVulnerability({ ...request, caller });
  }

  async compareImages(
    request: ComparisonRequest<Caller>,
  ): Promise<schema.ImageComparison> {
    const caller = await this.#readerOfImages(request.caller);
    return this.#service.compareImages({ ...request, caller });
  }

  async listComparisonCandidates(
    request: ImageRequest<Caller>,
  ): Promise<schema.ComparisonCandidates> {
    const caller = await this.#readerOfImages(request.caller);
    return this.#service.listComparisonCandidates({ ...request, caller });
  }

  async listHistory(
    request: HistoryRequest<Caller>,
  ): Promise<schema.HistoryPage> {
    const caller = await this.#readerOfImages(request.caller);
    return this.#service.listHistory({ ...request, caller });
  }

  async getOverview(
    request: OverviewRequest<Caller>,
  ): Promise<schema.Overview> {
    const caller = requireRead(
      await this.#visibility.forReading(request.caller),
    );
    return this.#service.getOverview({ ...request, caller });
  }

  async listUnlinked(
    request: UnlinkedRequest<Caller>,
  ): Promise<schema.UnlinkedPage> {
    const caller = await this.#visibility.forReading(request.caller);
    if (!caller.unlinked) {
      throw missing(supplyChainUnlinkedReadPermission);
    }
    return this.#service.listUnlinked({ ...request, caller });
  }

  async getSources(request: { caller: Caller }): Promise<schema.SourceHealth> {
    const caller = await this.#visibility.forReading(request.caller);
    if (!caller.sources) {
      throw missing(supplyChainSourcesReadPermission);
    }
    return this.#service.getSources({ caller });
  }

  async listPolicies(request: { caller: Caller }): Promise<schema.PolicyList> {
    if (!(await this.#visibility.mayReadPolicies(request.caller))) {
      throw missing(supplyChainPolicyReadPermission);
    }
    // As with trust roots: who may read no entity reads policies without any count.
    const caller = await this.#visibility.forReading(request.caller);
    return this.#service.listPolicies({ caller });
  }

  async listFacts(request: FactsRequest<Caller>): Promise<schema.FactsPage> {
    if (!(await this.#visibility.mayExport(request.caller))) {
      throw missing(supplyChainExportPermission);
    }
    const caller = requireRead(
      await this.#visibility.forReading(request.caller),
    );
    return this.#service.listFacts({ ...request, caller });
  }

  async listTrustRoots(request: {
    caller: Caller;
  }): Promise<schema.TrustRootList> {
    const caller = await this.#readerOfTrust(request.caller);
    return this.#service.listTrustRoots({ caller });
  }

  async listTrustRootImages(
    request: TrustRootImagesRequest<Caller>,
  ): Promise<schema.TrustRootImagePage> {
    const caller = await this.#readerOfTrust(request.caller);
    return this.#service.listTrustRootImages({ ...request, caller });
  }

  // Who may read trust roots and no entity reads them without any image.
  async #readerOfTrust(caller: Caller): Promise<VisibleEntities> {
    if (!(await this.#visibility.mayReadTrust(caller))) {
      throw missing(supplyChainTrustReadPermission);
    }
    return this.#visibility.forReading(caller);
  }

  async #readerOfImages(caller: Caller): Promise<VisibleEntities> {
    return requireImages(await this.#visibility.forReading(caller));
  }

  // The catalog is asked with the caller's own rights: what it hides stays as unknown as what does not exist.
  async #wasUnknown(request: EntityRequest<Caller>): Promise<boolean> {
    const { ref, caller } = request;
    const entity = await this.#catalog.getEntityByRef(ref, {
      credentials: caller,
    });
    if (!entity) {
      return false;
    }
    await this.#refreshEntity(ref);
    this.#visibility.forget(caller);
    return true;
  }
}
