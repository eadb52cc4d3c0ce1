import {
  ImageRowFilter,
  schema,
  WithExploitData,
} from 'backstage-plugin-supply-chain-common';
import {
  ComparisonRequest,
  EntityChecksRequest,
  EntityRequest,
  ImageChecksRequest,
  OverviewRequest,
  VulnerabilitiesRequest,
  VulnerabilityPlacesRequest,
  VulnerabilityRequest,
} from '../SupplyChainService';

/** Rows in their order, some at a time. */
export type ExportedRows<T> = AsyncIterable<readonly T[]>;

type Whole<Request> = Omit<Request, 'page'>;

/** Which images of a service. */
export type EntityImagesRequest<Caller> = EntityRequest<Caller> & {
  filter: ImageRowFilter;
};

/**
 * The rows of the pages, all of them: with the filters, in the order and as far as the caller may see them as
 * `SupplyChainService` has them, each once, as of one instant. `Caller` is as there.
 */
export interface ExportService<Caller> {
  services(
    request: Whole<OverviewRequest<Caller>>,
  ): ExportedRows<schema.ServiceRow>;
  vulnerabilities(
    request: Whole<VulnerabilitiesRequest<Caller>>,
  ): ExportedRows<WithExploitData<schema.VulnerabilityOverviewRow>>;
  places(
    request: Whole<VulnerabilityPlacesRequest<Caller>>,
  ): ExportedRows<schema.VulnerablePlace>;
  imageVulnerabilities(
    request: Whole<VulnerabilityRequest<Caller>>,
  ): ExportedRows<WithExploitData<schema.VulnerabilityRow>>;
  comparison(
    request: Whole<ComparisonRequest<Caller>>,
  ): ExportedRows<WithExploitData<schema.ComparedFinding>>;
  imageChecks(
    request: Whole<ImageChecksRequest<Caller>>,
  ): ExportedRows<schema.EnforcerResult>;
  entityChecks(
    request: Whole<EntityChecksRequest<Caller>>,
  ): ExportedRows<schema.EnforcerResult>;
  entityImages(
    request: EntityImagesRequest<Caller>,
  ): ExportedRows<schema.ImageRow>;
}
