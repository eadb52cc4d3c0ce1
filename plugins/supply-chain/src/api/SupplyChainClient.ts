import { CompoundEntityRef } from '@backstage/catalog-model';
import { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { schema } from 'backstage-plugin-supply-chain-common';
import {
  ImageAddress,
  OverviewQuery,
  PageQuery,
  SupplyChainApi,
  TrustRootImagesQuery,
  VulnerabilityQuery,
} from './SupplyChainApi';

type Answer<T> = { ok: boolean; json(): Promise<T> };

/**
 * {@link SupplyChainApi} over HTTP, with the client generated from the OpenAPI document.
 *
 * @public
 */
export class SupplyChainClient implements SupplyChainApi {
  readonly #client: schema.DefaultApiClient;

  private constructor(client: schema.DefaultApiClient) {
    this.#client = client;
  }

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): SupplyChainClient {
    return new SupplyChainClient(new schema.DefaultApiClient(options));
  }

  async getEntity(entity: CompoundEntityRef): Promise<schema.EntityReport> {
    return read(await this.#client.getEntity({ path: entity }));
  }

  async recheckEntity(
    entity: CompoundEntityRef,
  ): Promise<schema.RecheckTicket> {
    return read(await this.#client.recheckEntity({ path: entity }));
  }

  async getImage(image: ImageAddress): Promise<schema.ImageReport> {
    const { digest, repository } = image;
    return read(
      await this.#client.getImage({ path: { digest }, query: { repository } }),
    );
  }

  async getImageVulnerabilities(
    query: VulnerabilityQuery,
  ): Promise<schema.VulnerabilityPage> {
    const { digest, ...rest } = query;
    return read(
      await this.#client.getImageVulnerabilities({
        path: { digest },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getImageHistory(
    query: ImageAddress & PageQuery,
  ): Promise<schema.HistoryPage> {
    const { digest, ...rest } = query;
    return read(
      await this.#client.getImageHistory({ path: { digest }, query: rest }),
    );
  }

  async getOverview(query: OverviewQuery): Promise<schema.Overview> {
    return read(await this.#client.getOverview({ query: withoutEmpty(query) }));
  }

  async getUnlinked(query: PageQuery): Promise<schema.UnlinkedPage> {
    return read(await this.#client.getUnlinked({ query }));
  }

  async getSources(): Promise<schema.SourceHealth> {
    return read(await this.#client.getSources({}));
  }

  async getPolicies(): Promise<schema.PolicyList> {
    return read(await this.#client.getPolicies({}));
  }

  async getTrustRoots(): Promise<schema.TrustRootList> {
    return read(await this.#client.getTrustRoots({}));
  }

  async getTrustRootImages(
    query: TrustRootImagesQuery,
  ): Promise<schema.TrustRootImagePage> {
    const { trustRoot, ...rest } = query;
    return read(
      await this.#client.getTrustRootImages({
        path: { trustRoot },
        query: withoutEmpty(rest),
      }),
    );
  }
}

async function read<T>(answer: Answer<T>): Promise<T> {
  if (!answer.ok) {
    throw await ResponseError.fromResponse(answer as unknown as Response);
  }
  return answer.json();
}

/** An empty filter is no filter; the template would write it out as `search=`. */
function withoutEmpty<T extends object>(query: T): T {
  return Object.fromEntries(
    Object.entries(query).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  ) as T;
}
