import { CompoundEntityRef } from '@backstage/catalog-model';
import { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { schema } from 'backstage-plugin-supply-chain-common';
import { readAnswer, withoutEmpty } from './readAnswer';
import {
  ComparisonQuery,
  ComponentQuery,
  EntityCheckQuery,
  ImageAddress,
  ImageCheckQuery,
  OverviewQuery,
  PageQuery,
  SupplyChainApi,
  TrustRootImagesQuery,
  VulnerabilityGroupQuery,
  VulnerabilityListQuery,
  VulnerabilityQuery,
  VulnerablePlacesQuery,
} from './SupplyChainApi';
import { ClusterClient } from './ClusterClient';
import { ExportClient } from './ExportClient';
import { WaiverClient } from './WaiverClient';

/**
 * {@link SupplyChainApi} over HTTP, with the client generated from the OpenAPI document.
 *
 * @public
 */
export class SupplyChainClient implements SupplyChainApi {
  readonly waivers: WaiverClient;
  readonly clusters: ClusterClient;
  readonly exports: ExportClient;
  readonly #client: schema.DefaultApiClient;

  private constructor(client: schema.DefaultApiClient) {
    this.#client = client;
    this.waivers = new WaiverClient(client);
    this.clusters = new ClusterClient(client);
    this.exports = new ExportClient(client);
  }

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): SupplyChainClient {
    return new SupplyChainClient(new schema.DefaultApiClient(options));
  }

  async getEntity(entity: CompoundEntityRef): Promise<schema.EntityReport> {
    return readAnswer(await this.#client.getEntity({ path: entity }));
  }

  async recheckEntity(
    entity: CompoundEntityRef,
  ): Promise<schema.RecheckTicket> {
    return readAnswer(await this.#client.recheckEntity({ path: entity }));
  }

  async getEntityChecks(
    query: EntityCheckQuery,
  ): Promise<schema.CheckResultPage> {
    const { entity, ...rest } = query;
    return readAnswer(
      await this.#client.getEntityChecks({
        path: entity,
        query: withoutEmpty(rest),
      }),
    );
  }

  async getImage(image: ImageAddress): Promise<schema.ImageReport> {
    const { digest, repository } = image;
    return readAnswer(
      await this.#client.getImage({ path: { digest }, query: { repository } }),
    );
  }

  async getImageChecks(
    query: ImageCheckQuery,
  ): Promise<schema.CheckResultPage> {
    const { digest, ...rest } = query;
    return readAnswer(
      await this.#client.getImageChecks({
        path: { digest },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getImageVulnerabilities(
    query: VulnerabilityQuery,
  ): Promise<schema.VulnerabilityPage> {
    const { digest, ...rest } = query;
    return readAnswer(
      await this.#client.getImageVulnerabilities({
        path: { digest },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getImageVulnerabilityGroups(
    query: VulnerabilityGroupQuery,
  ): Promise<schema.VulnerabilityGroupPage> {
    const { digest, ...rest } = query;
    return readAnswer(
      await this.#client.getImageVulnerabilityGroups({
        path: { digest },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getImageComponents(
    query: ComponentQuery,
  ): Promise<schema.ImageComponentPage> {
    const { digest, ...rest } = query;
    return readAnswer(
      await this.#client.getImageComponents({
        path: { digest },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getImageComparison(
    query: ComparisonQuery,
  ): Promise<schema.ImageComparison> {
    const { digest, ...rest } = query;
    return readAnswer(
      await this.#client.getImageComparison({
        path: { digest },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getComparisonCandidates(
    image: ImageAddress,
  ): Promise<schema.ComparisonCandidates> {
    const { digest, repository } = image;
    return readAnswer(
      await this.#client.getComparisonCandidates({
        path: { digest },
        query: { repository },
      }),
    );
  }

  async getVulnerabilities(
    query: VulnerabilityListQuery,
  ): Promise<schema.VulnerabilityOverview> {
    return readAnswer(
      await this.#client.getVulnerabilities({ query: withoutEmpty(query) }),
    );
  }

  async getVulnerability(
    query: VulnerablePlacesQuery,
  ): Promise<schema.VulnerabilityReport> {
    const { id, ...rest } = query;
    return readAnswer(
      await this.#client.getVulnerability({
        path: { id },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getImageHistory(
    query: ImageAddress & PageQuery,
  ): Promise<schema.HistoryPage> {
    const { digest, ...rest } = query;
    return readAnswer(
      await this.#client.getImageHistory({ path: { digest }, query: rest }),
    );
  }

  async getOverview(query: OverviewQuery): Promise<schema.Overview> {
    return readAnswer(
      await this.#client.getOverview({ query: withoutEmpty(query) }),
    );
  }

  async getUnlinked(query: PageQuery): Promise<schema.UnlinkedPage> {
    return readAnswer(await this.#client.getUnlinked({ query }));
  }

  async getSources(): Promise<schema.SourceHealth> {
    return readAnswer(await this.#client.getSources({}));
  }

  async getPolicies(): Promise<schema.PolicyList> {
    return readAnswer(await this.#client.getPolicies({}));
  }

  async getTrustRoots(): Promise<schema.TrustRootList> {
    return readAnswer(await this.#client.getTrustRoots({}));
  }

  async getTrustRootImages(
    query: TrustRootImagesQuery,
  ): Promise<schema.TrustRootImagePage> {
    const { trustRoot, ...rest } = query;
    return readAnswer(
      await this.#client.getTrustRootImages({
        path: { trustRoot },
        query: withoutEmpty(rest),
      }),
    );
  }
}
