import { schema } from 'backstage-plugin-supply-chain-common';
import {
  CheckedObjectQuery,
  ClusterApi,
  ClusterComponentQuery,
  ClusterListQuery,
  ClusterVulnerabilityQuery,
  ControlQuery,
  FailingCheckQuery,
} from './ClusterApi';
import { readAnswer, withoutEmpty } from './readAnswer';

/** {@link ClusterApi} over HTTP, with the client generated from the OpenAPI document. */
export class ClusterClient implements ClusterApi {
  readonly #client: schema.DefaultApiClient;

  constructor(client: schema.DefaultApiClient) {
    this.#client = client;
  }

  async getClusters(query: ClusterListQuery): Promise<schema.ClusterList> {
    return readAnswer(await this.#client.getClusters({ query }));
  }

  async getCluster(cluster: string): Promise<schema.ClusterReport> {
    return readAnswer(await this.#client.getCluster({ path: { cluster } }));
  }

  async getControls(query: ControlQuery): Promise<schema.ControlPage> {
    const { cluster, ...rest } = query;
    return readAnswer(
      await this.#client.getClusterControls({
        path: { cluster },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getFailingChecks(
    query: FailingCheckQuery,
  ): Promise<schema.FailingCheckPage> {
    const { cluster, ...rest } = query;
    return readAnswer(
      await this.#client.getClusterChecks({
        path: { cluster },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getCheckedObjects(
    query: CheckedObjectQuery,
  ): Promise<schema.CheckedObjectPage> {
    const { cluster, topic, check, ...page } = query;
    return readAnswer(
      await this.#client.getClusterCheckObjects({
        path: { cluster, topic, check },
        query: page,
      }),
    );
  }

  async getVulnerabilities(
    query: ClusterVulnerabilityQuery,
  ): Promise<schema.ClusterVulnerabilityPage> {
    const { cluster, ...rest } = query;
    return readAnswer(
      await this.#client.getClusterVulnerabilities({
        path: { cluster },
        query: withoutEmpty(rest),
      }),
    );
  }

  async getComponents(
    query: ClusterComponentQuery,
  ): Promise<schema.ClusterComponentPage> {
    const { cluster, ...rest } = query;
    return readAnswer(
      await this.#client.getClusterComponents({
        path: { cluster },
        query: withoutEmpty(rest),
      }),
    );
  }
}
