import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  createPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { supplyChainEntityResourceRef } from '../../permissions/entityRules';

/** Decisions by name of the permission; others are allowed. */
export type Decisions = Record<string, PolicyDecision>;

/** Denied whatever it is about. */
export const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** Allowed for entities one of the owners owns. */
export function ownedBy(...claims: string[]): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'supply-chain',
    resourceType: supplyChainEntityResourceRef.resourceType,
    conditions: {
      rule: 'IS_OWNER',
      resourceType: supplyChainEntityResourceRef.resourceType,
      params: { claims },
    },
  };
}

/** Allowed for what the catalog itself would let through. */
export function decidedByCatalog(): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'catalog',
    resourceType: 'catalog-entity',
    conditions: {
      rule: 'IS_ENTITY_OWNER',
      resourceType: 'catalog-entity',
      params: { claims: [] },
    },
  };
}

/** A permission service with a decision for each user; services and other users may do everything. */
export function testPermissions(
  byUser: Record<string, Decisions>,
  onAsked: (permission: string) => void = () => {},
): PermissionsService {
  const decide = (
    requests: { permission: ReturnType<typeof createPermission> }[],
    credentials: BackstageCredentials,
  ): PolicyDecision[] => {
    const { userEntityRef = '' } = credentials.principal as {
      userEntityRef?: string;
    };
    const decisions = byUser[userEntityRef] ?? {};
    requests.forEach(({ permission }) => onAsked(permission.name));
    return requests.map(
      ({ permission }) =>
        decisions[permission.name] ?? { result: AuthorizeResult.ALLOW },
    );
  };
  return {
    authorize: async (requests, { credentials }) =>
      decide(requests as never, credentials as BackstageCredentials) as never,
    authorizeConditional: async (requests, { credentials }) =>
      decide(requests as never, credentials as BackstageCredentials),
  };
}
