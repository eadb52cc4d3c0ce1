import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  EntityFacts,
  fullEntityRef,
  normaliseSourceRepository,
} from 'backstage-plugin-supply-chain-common';
import { globMatcher } from './globMatcher';
import { repositoryOfSubject } from './repositoryOfSubject';

const KEY = 'supplyChain.check.subjects';

/** How credentials of callers outside of Backstage begin. */
const EXTERNAL = 'external:';

type Binding = {
  matches(subject: string): boolean;
  /** The `sub` of the token without the prefix of its issuer. */
  withoutPrefix(subject: string): string;
  /** Full refs. */
  entities: ReadonlySet<string>;
  fromSourceRepository: boolean;
};

/**
 * Which pipelines may ask about which entities. The token of a pipeline says in its `sub` which repository it runs for;
 * that another issuer or repository has a valid token as well says nothing about an entity.
 */
export class CheckSubjects {
  readonly #bindings: Binding[];

  /**
   * Reads `supplyChain.check.subjects`.
   *
   * @throws InputError when an entry would match nothing, or anybody.
   */
  static fromConfig(config: Config): CheckSubjects {
    const entries = config.getOptionalConfigArray(KEY) ?? [];
    return new CheckSubjects(entries.map(readBinding));
  }

  private constructor(bindings: Binding[]) {
    this.#bindings = bindings;
  }

  get isEmpty(): boolean {
    return this.#bindings.length === 0;
  }

  /** Whether the caller is one that must be bound to an entity. */
  isExternal(credentials: BackstageCredentials): boolean {
    return subjectOf(credentials) !== undefined;
  }

  /**
   * Lets a caller from outside of Backstage ask about the entity it is bound to; everybody else is decided by
   * permissions alone.
   *
   * @throws NotAllowedError for a stranger, in the same words whether or not there is such an entity.
   */
  admit(
    credentials: BackstageCredentials,
    about: { ref?: string; entity?: EntityFacts },
  ): void {
    const subject = subjectOf(credentials);
    if (subject === undefined) {
      return;
    }
    const { ref, entity } = about;
    const admitted = this.#bindings.some(
      binding =>
        binding.matches(subject) &&
        ((ref !== undefined && binding.entities.has(ref)) ||
          isBuiltFrom(binding, subject, entity)),
    );
    if (!admitted) {
      throw new NotAllowedError(
        ref === undefined
          ? `The caller '${subject}' may only ask about an entity it is bound to, and none is named`
          : `The caller '${subject}' is not bound to '${ref}' by 'supplyChain.check.subjects'`,
      );
    }
  }
}

function isBuiltFrom(
  binding: Binding,
  subject: string,
  entity: EntityFacts | undefined,
): boolean {
  const repository = repositoryOfSubject(binding.withoutPrefix(subject));
  return (
    binding.fromSourceRepository &&
    repository !== undefined &&
    entity?.sourceLocation !== undefined &&
    normaliseSourceRepository(repository) ===
      normaliseSourceRepository(entity.sourceLocation)
  );
}

/** The `sub` of a token from outside, after the prefix of its issuer if it has one. */
function subjectOf({ principal }: BackstageCredentials): string | undefined {
  const { type, subject } = principal as { type?: string; subject?: string };
  return type === 'service' && subject?.startsWith(EXTERNAL)
    ? subject.slice(EXTERNAL.length)
    : undefined;
}

function readBinding(entry: Config): Binding {
  const glob = entry.getString('subject');
  const prefix = entry.getOptionalString('subjectPrefix');
  const refs = entry.getOptionalStringArray('entities') ?? [];
  const fromSourceRepository =
    entry.getOptionalBoolean('fromSourceRepository') ?? false;
  if (refs.length === 0 && !fromSourceRepository) {
    throw new InputError(
      `expected "entities" or "fromSourceRepository: true" beside the subject "${glob}" in "${KEY}"`,
    );
  }
  if (!/[a-z0-9]/i.test(glob)) {
    throw new InputError(
      `expected a pattern that names somebody in "${KEY}", got "${glob}", which is anybody`,
    );
  }
  const start = prefix === undefined ? '' : `${prefix}:`;
  const matches = globMatcher(glob);
  return {
    matches: subject =>
      subject.startsWith(start) && matches(subject.slice(start.length)),
    withoutPrefix: subject => subject.slice(start.length),
    entities: new Set(refs.map(readRef)),
    fromSourceRepository,
  };
}

function readRef(text: string): string {
  const ref = fullEntityRef(text);
  if (ref === undefined) {
    throw new InputError(
      `expected an entity reference such as "component:default/web" in "${KEY}", got "${text}"`,
    );
  }
  return ref;
}
