import {
  supplyChainExportPermission,
  supplyChainPolicyReadPermission,
  supplyChainReadPermission,
  supplyChainRecheckPermission,
  supplyChainSecretsReadPermission,
  supplyChainSourcesReadPermission,
  supplyChainTrustReadPermission,
  supplyChainUnlinkedReadPermission,
  supplyChainUploadPermission,
  supplyChainWaiverApprovePermission,
  supplyChainWaiverRequestPermission,
} from 'backstage-plugin-supply-chain-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  ConditionTransformer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import { EntityFilter, entityRules } from './entityRules';
import { VisibleEntities } from './VisibleEntities';

const CATALOG_VISIBILITY_TTL_MS = 60_000;
const CATALOG_CACHE_ENTRIES = 500;

/** Tells callers apart, for caches and limits. */
export function principalKey(credentials: BackstageCredentials): string {
  return JSON.stringify(credentials.principal);
}

type CachedRefs = { refs: Promise<readonly string[]>; expiresAtMs: number };

/**
 * Options of {@link VisibilityResolver}.
 */
export type VisibilityResolverOptions = {
  permissions: PermissionsService;
  catalog: CatalogService;
  /** @defaultValue `() => Date.now()` */
  nowMs?: () => number;
};

/**
 * Finds out what a caller may see: `supply-chain.read` and `catalog.entity.read` must both allow it (L33).
 */
export class VisibilityResolver {
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #nowMs: () => number;
  readonly #transform: ConditionTransformer<EntityFilter>;
  readonly #catalogRefs = new Map<string, CachedRefs>();

  static create(options: VisibilityResolverOptions): VisibilityResolver {
    return new VisibilityResolver(options);
  }

  private constructor(options: VisibilityResolverOptions) {
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#nowMs = options.nowMs ?? (() => Date.now());
    this.#transform = createConditionTransformer(Object.values(entityRules));
  }

  /** What the caller may read. */
  async forReading(
    credentials: BackstageCredentials,
  ): Promise<VisibleEntities> {
    return this.#resolve(credentials, [supplyChainReadPermission]);
  }

  /** What the caller may have looked at again: a part of what it may read. */
  async forRecheck(
    credentials: BackstageCredentials,
  ): Promise<VisibleEntities> {
    return this.#resolve(credentials, [
      supplyChainReadPermission,
      supplyChainRecheckPermission,
    ]);
  }

  /** Whose secrets the caller may know: a part of what it may read. */
  async forSecrets(
    credentials: BackstageCredentials,
  ): Promise<VisibleEntities> {
    return this.#resolve(credentials, [
      supplyChainReadPermission,
      supplyChainSecretsReadPermission,
    ]);
  }

  /** What the caller may ask waivers for: a part of what it may read. */
  async forWaiverRequest(
    credentials: BackstageCredentials,
  ): Promise<VisibleEntities> {
    return this.#resolve(credentials, [
      supplyChainReadPermission,
      supplyChainWaiverRequestPermission,
    ]);
  }

  /** What the caller may hand in evidence about: a part of what it may read. */
  async forUpload(credentials: BackstageCredentials): Promise<VisibleEntities> {
    return this.#resolve(credentials, [
      supplyChainReadPermission,
      supplyChainUploadPermission,
    ]);
  }

  /** What the caller may decide about waivers of: a part of what it may read. */
  async forWaiverApproval(
    credentials: BackstageCredentials,
  ): Promise<VisibleEntities> {
    return this.#resolve(credentials, [
      supplyChainReadPermission,
      supplyChainWaiverApprovePermission,
    ]);
  }

  /** Whether the caller may read trust roots; which images stand on them is decided as everywhere. */
  async mayReadTrust(credentials: BackstageCredentials): Promise<boolean> {
    return this.#may(credentials, supplyChainTrustReadPermission);
  }

  /** Whether the caller may read policies; which images count under them is decided as everywhere. */
  async mayReadPolicies(credentials: BackstageCredentials): Promise<boolean> {
    return this.#may(credentials, supplyChainPolicyReadPermission);
  }

  /** Whether the caller may take away as a whole what it may see. */
  async mayExport(credentials: BackstageCredentials): Promise<boolean> {
    return this.#may(credentials, supplyChainExportPermission);
  }

  /** Asks the catalog anew at the next request: an entity has just been found there that was not known before. */
  forget(credentials: BackstageCredentials): void {
    this.#catalogRefs.delete(principalKey(credentials));
  }

  async #may(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    return result === AuthorizeResult.ALLOW;
  }

  async #resolve(
    credentials: BackstageCredentials,
    own: ResourcePermission<'supply-chain-entity'>[],
  ): Promise<VisibleEntities> {
    const decisions = await this.#permissions.authorizeConditional(
      [
        { permission: catalogEntityReadPermission },
        ...own.map(permission => ({ permission })),
      ],
      { credentials },
    );
    const [unlinked, sources] = await this.#permissions.authorize(
      [
        { permission: supplyChainUnlinkedReadPermission },
        { permission: supplyChainSourcesReadPermission },
      ],
      { credentials },
    );
    const [catalog, ...ownDecisions] = decisions;
    return {
      rules: this.#combine(ownDecisions),
      refs: await this.#catalogVisibility(catalog, credentials),
      unlinked: unlinked.result === AuthorizeResult.ALLOW,
      sources: sources.result === AuthorizeResult.ALLOW,
    };
  }

  #combine(decisions: PolicyDecision[]): VisibleEntities['rules'] {
    const criteria = [];
    for (const decision of decisions) {
      if (decision.result === AuthorizeResult.CONDITIONAL) {
        criteria.push(this.#transform(decision.conditions));
      } else if (decision.result !== AuthorizeResult.ALLOW) {
        return 'none';
      }
    }
    const [first, ...others] = criteria;
    if (!first) {
      return 'all';
    }
    return others.length ? { allOf: [first, ...others] } : first;
  }

  async #catalogVisibility(
    decision: PolicyDecision,
    credentials: BackstageCredentials,
  ): Promise<VisibleEntities['refs']> {
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return 'all';
      case AuthorizeResult.CONDITIONAL:
        return this.#cachedCatalogRefs(credentials);
      default:
        return [];
    }
  }

  // The catalog's own conditions cannot be translated to our tables, so the catalog is asked what the user sees.
  #cachedCatalogRefs(
    credentials: BackstageCredentials,
  ): Promise<readonly string[]> {
    const principal = principalKey(credentials);
    const now = this.#nowMs();
    const cached = this.#catalogRefs.get(principal);
    if (cached && cached.expiresAtMs > now) {
      return cached.refs;
    }
    for (const [key, entry] of this.#catalogRefs) {
      if (
        entry.expiresAtMs <= now ||
        this.#catalogRefs.size >= CATALOG_CACHE_ENTRIES
      ) {
        this.#catalogRefs.delete(key);
      }
    }
    const refs = this.#readCatalogRefs(credentials);
    this.#catalogRefs.set(principal, {
      refs,
      expiresAtMs: now + CATALOG_VISIBILITY_TTL_MS,
    });
    refs.catch(() => this.#catalogRefs.delete(principal));
    return refs;
  }

  async #readCatalogRefs(
    credentials: BackstageCredentials,
  ): Promise<readonly string[]> {
    const refs: string[] = [];
    const pages = this.#catalog.streamEntities(
      { fields: ['kind', 'metadata.namespace', 'metadata.name'] },
      { credentials },
    );
    for await (const page of pages) {
      refs.push(...page.map(entity => stringifyEntityRef(entity)));
    }
    return refs;
  }
}
