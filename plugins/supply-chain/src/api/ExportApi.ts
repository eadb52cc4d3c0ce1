import { CompoundEntityRef } from '@backstage/catalog-model';
import { ExportFormat, schema } from 'backstage-plugin-supply-chain-common';

type Rows<Query> = Omit<Query, 'format'>;

/**
 * Which services to export.
 *
 * @public
 */
export type ServicesExportQuery = Rows<schema.ExportServices['query']>;

/**
 * Which vulnerabilities of everything that runs to export.
 *
 * @public
 */
export type VulnerabilitiesExportQuery = Rows<
  schema.ExportVulnerabilities['query']
>;

/**
 * Which places of a vulnerability to export.
 *
 * @public
 */
export type PlacesExportQuery = Rows<schema.ExportVulnerablePlaces['query']> & {
  /** Any name of the vulnerability. */
  id: string;
};

/**
 * Which vulnerabilities of an image to export.
 *
 * @public
 */
export type ImageVulnerabilitiesExportQuery = Rows<
  schema.ExportImageVulnerabilities['query']
> & { digest: string };

/**
 * Which findings of which two images to export.
 *
 * @public
 */
export type ComparisonExportQuery = Rows<
  schema.ExportImageComparison['query']
> & { digest: string };

/**
 * Which images of a service to export.
 *
 * @public
 */
export type EntityImagesExportQuery = Rows<
  schema.ExportEntityImages['query']
> & { entity: CompoundEntityRef };

/**
 * Which results of the checks of an entity's workloads to export.
 *
 * @public
 */
export type EntityChecksExportQuery = Rows<
  schema.ExportEntityChecks['query']
> & { entity: CompoundEntityRef };

/**
 * Which results of the checks of the workloads that run an image to export.
 *
 * @public
 */
export type ImageChecksExportQuery = Rows<schema.ExportImageChecks['query']> & {
  digest: string;
};

/**
 * Files with all rows of a page, as the backend writes them. Every method rejects with a `ResponseError` when the answer
 * is not a success.
 *
 * @public
 */
export interface ExportApi {
  services(query: ServicesExportQuery, format: ExportFormat): Promise<Blob>;
  vulnerabilities(
    query: VulnerabilitiesExportQuery,
    format: ExportFormat,
  ): Promise<Blob>;
  places(query: PlacesExportQuery, format: ExportFormat): Promise<Blob>;
  imageVulnerabilities(
    query: ImageVulnerabilitiesExportQuery,
    format: ExportFormat,
  ): Promise<Blob>;
  comparison(query: ComparisonExportQuery, format: ExportFormat): Promise<Blob>;
  entityImages(
    query: EntityImagesExportQuery,
    format: ExportFormat,
  ): Promise<Blob>;
  entityChecks(
    query: EntityChecksExportQuery,
    format: ExportFormat,
  ): Promise<Blob>;
  imageChecks(
    query: ImageChecksExportQuery,
    format: ExportFormat,
  ): Promise<Blob>;
}
