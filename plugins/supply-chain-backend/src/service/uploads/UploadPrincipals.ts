import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';

/** How credentials of callers outside of Backstage begin. */
const EXTERNAL = 'external:';

/** Who hands something in, as it is recorded. */
export type Uploader = {
  trust: 'oidcUpload' | 'tokenUpload';
  /** As the credentials say; hostile (L32). */
  name: string;
};

/**
 * Tells pipelines, whose tokens an issuer makes for each run, from whoever keeps a token (L9). Backstage gives both the
 * same form, so the subjects of tokens that are kept are read from the configuration.
 */
export class UploadPrincipals {
  readonly #kept: ReadonlySet<string>;
  readonly #hasIssuers: boolean;

  static fromConfig(config: Config): UploadPrincipals {
    const entries =
      config.getOptionalConfigArray('backend.auth.externalAccess') ?? [];
    const typeOf = (entry: Config) => entry.getOptionalString('type');
    const kept = entries
      .filter(entry => typeOf(entry) !== 'jwks')
      .flatMap(entry => entry.getOptionalString('options.subject') ?? [])
      .map(subject => subject.replace(EXTERNAL, ''));
    return new UploadPrincipals(
      new Set(kept),
      entries.some(entry => typeOf(entry) === 'jwks'),
    );
  }

  private constructor(kept: ReadonlySet<string>, hasIssuers: boolean) {
    this.#kept = kept;
    this.#hasIssuers = hasIssuers;
  }

  /** Who a caller is. Whether it may speak for an entity is decided elsewhere. */
  describe({ principal }: BackstageCredentials): Uploader {
    const { type, subject, userEntityRef } = principal as {
      type?: string;
      subject?: string;
      userEntityRef?: string;
    };
    const isFromIssuer =
      this.#hasIssuers &&
      type === 'service' &&
      subject !== undefined &&
      subject.startsWith(EXTERNAL) &&
      !this.#kept.has(subject.slice(EXTERNAL.length));
    return {
      trust: isFromIssuer ? 'oidcUpload' : 'tokenUpload',
      name: userEntityRef ?? subject?.replace(EXTERNAL, '') ?? 'unknown',
    };
  }
}
