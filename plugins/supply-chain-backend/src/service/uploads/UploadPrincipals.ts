import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';

/** How credentials of callers outside of Backstage begin. */
const EXTERNAL = 'external:';

/** Whose tokens Backstage takes from `backend.auth.keys`, which it still reads. */
const LEGACY_SUBJECT = 'backstage-plugin';

/** Kinds of tokens whose subjects are known from the configuration. */
const KNOWN_TYPES: readonly unknown[] = ['static', 'legacy', 'jwks'];

/** Who hands something in, as it is recorded. */
export type Uploader = {
  trust: 'oidcUpload' | 'tokenUpload';
  /** As the credentials say; hostile (L32). */
  name: string;
};

/**
 * Tells pipelines, whose tokens an issuer makes for each run, from whoever keeps a token (L9). Backstage gives both the
 * same form, so what can only come from an issuer is read from the configuration; everybody else keeps a token.
 */
export class UploadPrincipals {
  readonly #kept: ReadonlySet<string>;
  readonly #prefixes: readonly string[];

  static fromConfig(config: Config): UploadPrincipals {
    const entries =
      config.getOptionalConfigArray('backend.auth.externalAccess') ?? [];
    const typeOf = (entry: Config) => entry.getOptionalString('type');
    const kept = entries
      .filter(entry => typeOf(entry) !== 'jwks')
      .flatMap(entry => entry.getOptionalString('options.subject') ?? [])
      .map(subject => subject.replace(EXTERNAL, ''));
    // A type that the portal adds may give its tokens any subject.
    const isAnySubjectKnown = entries.every(entry =>
      KNOWN_TYPES.includes(typeOf(entry)),
    );
    const prefixes = entries
      .filter(entry => typeOf(entry) === 'jwks')
      .map(entry => entry.getOptionalString('options.subjectPrefix'))
      .flatMap(prefix => {
        if (prefix) {
          return [`${prefix}:`];
        }
        return isAnySubjectKnown ? [''] : [];
      });
    return new UploadPrincipals(new Set([LEGACY_SUBJECT, ...kept]), prefixes);
  }

  private constructor(kept: ReadonlySet<string>, prefixes: readonly string[]) {
    this.#kept = kept;
    this.#prefixes = prefixes;
  }

  /** Who a caller is. Whether it may speak for an entity is decided elsewhere. */
  describe({ principal }: BackstageCredentials): Uploader {
    const { type, subject, userEntityRef } = principal as {
      type?: string;
      subject?: string;
      userEntityRef?: string;
    };
    const isFromIssuer =
      type === 'service' &&
      subject !== undefined &&
      subject.startsWith(EXTERNAL) &&
      this.#isOfIssuer(subject.slice(EXTERNAL.length));
    return {
      trust: isFromIssuer ? 'oidcUpload' : 'tokenUpload',
      name: userEntityRef ?? subject?.replace(EXTERNAL, '') ?? 'unknown',
    };
  }

  #isOfIssuer(subject: string): boolean {
    return (
      !this.#kept.has(subject) &&
      this.#prefixes.some(prefix => subject.startsWith(prefix))
    );
  }
}
