import { ExportFormat, schema } from 'backstage-plugin-supply-chain-common';
import {
  ComparisonExportQuery,
  EntityChecksExportQuery,
  EntityImagesExportQuery,
  ExportApi,
  ImageChecksExportQuery,
  ImageVulnerabilitiesExportQuery,
  PlacesExportQuery,
  ServicesExportQuery,
  VulnerabilitiesExportQuery,
} from './ExportApi';
import { readFile, withoutEmpty } from './readAnswer';

/** {@link ExportApi} over HTTP, with the client generated from the OpenAPI document. */
export class ExportClient implements ExportApi {
  readonly #client: schema.DefaultApiClient;

  constructor(client: schema.DefaultApiClient) {
    this.#client = client;
  }

  async services(
    query: ServicesExportQuery,
    format: ExportFormat,
  ): Promise<Blob> {
    return readFile(
      await this.#client.exportServices({
        query: withoutEmpty({ ...query, format }),
      }),
    );
  }

  async vulnerabilities(
    query: VulnerabilitiesExportQuery,
    format: ExportFormat,
  ): Promise<Blob> {
    return readFile(
      await this.#client.exportVulnerabilities({
        query: withoutEmpty({ ...query, format }),
      }),
    );
  }

  async places(query: PlacesExportQuery, format: ExportFormat): Promise<Blob> {
    const { id, ...rest } = query;
    return readFile(
      await this.#client.exportVulnerablePlaces({
        path: { id },
        query: withoutEmpty({ ...rest, format }),
      }),
    );
  }

  async imageVulnerabilities(
    query: ImageVulnerabilitiesExportQuery,
    format: ExportFormat,
  ): Promise<Blob> {
    const { digest, ...rest } = query;
    return readFile(
      await this.#client.exportImageVulnerabilities({
        path: { digest },
        query: withoutEmpty({ ...rest, format }),
      }),
    );
  }

  async comparison(
    query: ComparisonExportQuery,
    format: ExportFormat,
  ): Promise<Blob> {
    const { digest, ...rest } = query;
    return readFile(
      await this.#client.exportImageComparison({
        path: { digest },
        query: withoutEmpty({ ...rest, format }),
      }),
    );
  }

  async entityImages(
    query: EntityImagesExportQuery,
    format: ExportFormat,
  ): Promise<Blob> {
    const { entity, ...rest } = query;
    return readFile(
      await this.#client.exportEntityImages({
        path: entity,
        query: withoutEmpty({ ...rest, format }),
      }),
    );
  }

  async entityChecks(
    query: EntityChecksExportQuery,
    format: ExportFormat,
  ): Promise<Blob> {
    const { entity, ...rest } = query;
    return readFile(
      await this.#client.exportEntityChecks({
        path: entity,
        query: withoutEmpty({ ...rest, format }),
      }),
    );
  }

  async imageChecks(
    query: ImageChecksExportQuery,
    format: ExportFormat,
  ): Promise<Blob> {
    const { digest, ...rest } = query;
    return readFile(
      await this.#client.exportImageChecks({
        path: { digest },
        query: withoutEmpty({ ...rest, format }),
      }),
    );
  }
}
