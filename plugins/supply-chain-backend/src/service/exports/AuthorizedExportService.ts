import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { supplyChainExportPermission } from 'backstage-plugin-supply-chain-common';
import { VisibilityResolver } from '../../permissions/VisibilityResolver';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { missing, requireImages, requireRead } from '../requireRead';
import { ExportService } from './ExportService';

type Caller = BackstageCredentials;
type Service = ExportService<Caller>;
type RequestOf<Name extends keyof Service> = Parameters<Service[Name]>[0];

/** Options of {@link AuthorizedExportService}. */
export type AuthorizedExportServiceOptions = {
  service: ExportService<VisibleEntities>;
  visibility: VisibilityResolver;
};

/** Lets nobody export who may not, and the others what they may see (L33). */
export class AuthorizedExportService implements Service {
  readonly #service: ExportService<VisibleEntities>;
  readonly #visibility: VisibilityResolver;

  static create(
    options: AuthorizedExportServiceOptions,
  ): AuthorizedExportService {
    return new AuthorizedExportService(options);
  }

  private constructor(options: AuthorizedExportServiceOptions) {
    this.#service = options.service;
    this.#visibility = options.visibility;
  }

  async *services(request: RequestOf<'services'>) {
    const caller = requireRead(await this.#exporter(request.caller));
    yield* this.#service.services({ ...request, caller });
  }

  async *vulnerabilities(request: RequestOf<'vulnerabilities'>) {
    const caller = requireImages(await this.#exporter(request.caller));
    yield* this.#service.vulnerabilities({ ...request, caller });
  }

  async *places(request: RequestOf<'places'>) {
    const caller = requireImages(await this.#exporter(request.caller));
    yield* this.#service.places({ ...request, caller });
  }

  async *imageVulnerabilities(request: RequestOf<'imageVulnerabilities'>) {
    const caller = requireImages(await this.#exporter(request.caller));
    yield* this.#service.imageVulnerabilities({ ...request, caller });
  }

  async *comparison(request: RequestOf<'comparison'>) {
    const caller = requireImages(await this.#exporter(request.caller));
    yield* this.#service.comparison({ ...request, caller });
  }

  async *imageChecks(request: RequestOf<'imageChecks'>) {
    const caller = requireImages(await this.#exporter(request.caller));
    const secrets = await this.#visibility.forSecrets(request.caller);
    yield* this.#service.imageChecks({ ...request, caller, secrets });
  }

  async *entityChecks(request: RequestOf<'entityChecks'>) {
    const caller = requireRead(await this.#exporter(request.caller));
    const secrets = await this.#visibility.forSecrets(request.caller);
    yield* this.#service.entityChecks({ ...request, caller, secrets });
  }

  async *entityImages(request: RequestOf<'entityImages'>) {
    const caller = requireRead(await this.#exporter(request.caller));
    yield* this.#service.entityImages({ ...request, caller });
  }

  /** What the caller may see, once it is sure that they may take it away as a whole. */
  async #exporter(caller: Caller): Promise<VisibleEntities> {
    if (!(await this.#visibility.mayExport(caller))) {
      throw missing(supplyChainExportPermission);
    }
    return this.#visibility.forReading(caller);
  }
}
