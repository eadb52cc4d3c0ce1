import { schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { VisibleEntities } from '../permissions/VisibleEntities';
import { JudgingOptions, judgingNow } from './judgingNow';
import { readEntityChecks, readImageChecks } from './reports/readCheckResults';
import { readComparisonCandidates } from './reports/readComparisonCandidates';
import { readComponentPage } from './reports/readComponentPage';
import { readEntityReport } from './reports/readEntityReport';
import { readFactsPage } from './reports/readFactsPage';
import { readHistoryPage } from './reports/readHistoryPage';
import { readImageComparison } from './reports/readImageComparison';
import { readImageReport } from './reports/readImageReport';
import { policyFilterOf } from './reports/policyFilter';
import { readOverview } from './reports/readOverview';
import { readPolicies } from './reports/readPolicies';
import { readSourceHealth } from './reports/readSourceHealth';
import { readTrustRootImages } from './reports/readTrustRootImages';
import { readTrustRoots } from './reports/readTrustRoots';
import { readUnlinkedPage } from './reports/readUnlinkedPage';
import { readVulnerabilities } from './reports/readVulnerabilities';
import { readVulnerability } from './reports/readVulnerability';
import { readVulnerabilityGroups } from './reports/readVulnerabilityGroups';
import { readVulnerabilityPage } from './reports/readVulnerabilityPage';
import { recheckEntity } from './reports/recheckEntity';
import {
  ComparisonRequest,
  ComponentRequest,
  EntityChecksRequest,
  EntityReportRequest,
  EntityRequest,
  FactsRequest,
  HistoryRequest,
  ImageChecksRequest,
  ImageReportRequest,
  ImageRequest,
  OverviewRequest,
  Page,
  SupplyChainService,
  TrustRootImagesRequest,
  UnlinkedRequest,
  VulnerabilitiesRequest,
  VulnerabilityGroupsRequest,
  VulnerabilityPlacesRequest,
  VulnerabilityRequest,
} from './SupplyChainService';

/** Options of {@link DefaultSupplyChainService}. */
export type DefaultSupplyChainServiceOptions = JudgingOptions & {
  knex: Knex;
  /** Called when somebody asked for a look, so that it begins at once. */
  onLookRequested: () => void;
  /** Whether all data is that of the sandbox. */
  sandbox: boolean;
};

type Caller = VisibleEntities;

/** Answers from what is stored, as far as the caller may see. */
export class DefaultSupplyChainService implements SupplyChainService<Caller> {
  readonly #options: DefaultSupplyChainServiceOptions;

  static create(
    options: DefaultSupplyChainServiceOptions,
  ): DefaultSupplyChainService {
    return new DefaultSupplyChainService(options);
  }

  private constructor(options: DefaultSupplyChainServiceOptions) {
    this.#options = options;
  }

  async getEntity(
    request: EntityReportRequest<Caller>,
  ): Promise<schema.EntityReport> {
    const { ref, caller, secrets } = request;
    const { knex, policySet, sandbox } = this.#options;
    return readEntityReport({
      knex,
      ref,
      visible: caller,
      secrets,
      policies: policySet()?.policies ?? [],
      sandbox,
    });
  }

  async listEntityChecks(
    request: EntityChecksRequest<Caller>,
  ): Promise<schema.CheckResultPage> {
    const { caller, page, ...query } = request;
    const { knex } = this.#options;
    return pieceOf(
      await readEntityChecks({ ...query, knex, visible: caller }),
      page,
    );
  }

  async recheckEntity(
    request: EntityRequest<Caller>,
  ): Promise<schema.RecheckTicket> {
    const { ref, caller } = request;
    const { knex, onLookRequested } = this.#options;
    const ticket = await recheckEntity({ knex, ref, visible: caller });
    onLookRequested();
    return ticket;
  }

  async getImage(
    request: ImageReportRequest<Caller>,
  ): Promise<schema.ImageReport> {
    const { caller, explain = false, trust = false, ...rest } = request;
    const { knex, sandbox, policySet, now } = this.#options;
    return readImageReport({
      ...rest,
      knex,
      now: now(),
      visible: caller,
      policySet: policySet(),
      explain,
      trust,
      sandbox,
    });
  }

  async listImageChecks(
    request: ImageChecksRequest<Caller>,
  ): Promise<schema.CheckResultPage> {
    const { caller, page, ...query } = request;
    const { knex } = this.#options;
    return pieceOf(
      await readImageChecks({ ...query, knex, visible: caller }),
      page,
    );
  }

  async listVulnerabilities(
    request: VulnerabilityRequest<Caller>,
  ): Promise<schema.VulnerabilityPage> {
    const { caller, ...query } = request;
    return readVulnerabilityPage({
      ...query,
      ...this.#judging(),
      visible: caller,
    });
  }

  async groupVulnerabilities(
    request: VulnerabilityGroupsRequest<Caller>,
  ): Promise<schema.VulnerabilityGroupPage> {
    const { caller, ...query } = request;
    return readVulnerabilityGroups({
      ...query,
      ...this.#judging(),
      visible: caller,
    });
  }

  async listComponents(
    request: ComponentRequest<Caller>,
  ): Promise<schema.ImageComponentPage> {
    const { caller, ...query } = request;
    const { knex } = this.#options;
    return readComponentPage({ ...query, knex, visible: caller });
  }

  async listAllVulnerabilities(
    request: VulnerabilitiesRequest<Caller>,
  ): Promise<schema.VulnerabilityOverview> {
    const { caller, ...query } = request;
    const { sandbox } = this.#options;
    return readVulnerabilities({
      ...query,
      ...this.#judging(),
      visible: caller,
      sandbox,
    });
  }

  async getVulnerability(
    request: VulnerabilityPlacesRequest<Caller>,
  ): Promise<schema.VulnerabilityReport> {
    const { caller, ...query } = request;
    const { sandbox } = this.#options;
    return readVulnerability({
      ...query,
      ...this.#judging(),
      visible: caller,
      sandbox,
    });
  }

  async compareImages(
    request: ComparisonRequest<Caller>,
  ): Promise<schema.ImageComparison> {
    const { caller, ...query } = request;
    const { sandbox } = this.#options;
    return readImageComparison({
      ...query,
      ...this.#judging(),
      visible: caller,
      sandbox,
    });
  }

  async listComparisonCandidates(
    request: ImageRequest<Caller>,
  ): Promise<schema.ComparisonCandidates> {
    const { caller, ...image } = request;
    const { knex, sandbox } = this.#options;
    return readComparisonCandidates({
      ...image,
      knex,
      visible: caller,
      sandbox,
    });
  }

  async listHistory(
    request: HistoryRequest<Caller>,
  ): Promise<schema.HistoryPage> {
    const { caller, ...query } = request;
    return readHistoryPage({
      ...query,
      knex: this.#options.knex,
      visible: caller,
    });
  }

  async getOverview(
    request: OverviewRequest<Caller>,
  ): Promise<schema.Overview> {
    const { caller, filter, under, ...query } = request;
    const { knex, policySet, now, sandbox } = this.#options;
    const policy = under && policyFilterOf(under, policySet());
    return readOverview({
      ...query,
      filter: policy ? { ...filter, policy } : filter,
      knex,
      visible: caller,
      policySet: policySet(),
      now: now(),
      sandbox,
    });
  }

  async listUnlinked(
    request: UnlinkedRequest<Caller>,
  ): Promise<schema.UnlinkedPage> {
    const { knex, sandbox } = this.#options;
    return readUnlinkedPage({ knex, page: request.page, sandbox });
  }

  async getSources(request: { caller: Caller }): Promise<schema.SourceHealth> {
    const { knex, sandbox } = this.#options;
    return readSourceHealth({ knex, visible: request.caller, sandbox });
  }

  async listPolicies(request: { caller: Caller }): Promise<schema.PolicyList> {
    const { knex, policySet, now, sandbox } = this.#options;
    return readPolicies({
      knex,
      visible: request.caller,
      policySet: policySet(),
      now: now(),
      sandbox,
    });
  }

  async listFacts(request: FactsRequest<Caller>): Promise<schema.FactsPage> {
    const { caller, ...page } = request;
    const { knex, policySet } = this.#options;
    return readFactsPage({
      ...page,
      knex,
      visible: caller,
      policySet: policySet(),
    });
  }

  async listTrustRoots(request: {
    caller: Caller;
  }): Promise<schema.TrustRootList> {
    const { knex, policySet, now, sandbox } = this.#options;
    return readTrustRoots({
      knex,
      visible: request.caller,
      policySet: policySet(),
      now: now(),
      sandbox,
    });
  }

  async listTrustRootImages(
    request: TrustRootImagesRequest<Caller>,
  ): Promise<schema.TrustRootImagePage> {
    const { caller, ...query } = request;
    const { knex, policySet, sandbox } = this.#options;
    return readTrustRootImages({
      ...query,
      knex,
      visible: caller,
      policySet: policySet(),
      sandbox,
    });
  }

  /** What findings are told by, as of now. */
  #judging() {
    return { knex: this.#options.knex, ...judgingNow(this.#options) };
  }
}

function pieceOf<T>(
  items: T[],
  { offset, limit }: Page,
): { total: number; items: T[] } {
  return { total: items.length, items: items.slice(offset, offset + limit) };
}
