import { DistinguishedName } from './distinguishedName';

/**
 * What the Notary Project validates of a signature.
 *
 * @public
 */
export type NotationValidation =
  | 'integrity'
  | 'authenticity'
  | 'authenticTimestamp'
  | 'expiry'
  | 'revocation';

/**
 * What a failed validation leads to. Here only success verifies (L17), so that `log` is as good as `enforce`, except
 * that a policy which does not enforce authenticity vouches for nobody.
 *
 * @public
 */
export type NotationAction = 'enforce' | 'log' | 'skip';

/**
 * A level of verification, as named in a trust policy.
 *
 * @public
 */
export type NotationLevel = 'strict' | 'permissive' | 'audit' | 'skip';

/**
 * One trust policy of a `trustpolicy.json`, checked and with its level worked out.
 *
 * @public
 */
export type NotationTrustPolicy = {
  name: string;
  /** Repositories, or `*` alone. */
  registryScopes: string[];
  level: NotationLevel;
  actions: Record<NotationValidation, NotationAction>;
  verifyTimestamp: 'always' | 'afterCertExpiry';
  /** Names of trust stores as `<type>:<name>`. */
  trustStores: string[];
  /** `*`: every certificate of the trust stores. */
  trustedIdentities: '*' | DistinguishedName[];
};

const VALIDATIONS: readonly NotationValidation[] = [
  'integrity',
  'authenticity',
  'authenticTimestamp',
  'expiry',
  'revocation',
];

/** https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#signature-verification-details */
const ENFORCED: Record<NotationLevel, readonly NotationValidation[]> = {
  strict: VALIDATIONS,
  permissive: ['integrity', 'authenticity'],
  audit: ['integrity'],
  skip: [],
};

/** What a level with its overrides does about each validation. */
export function actionsOf(
  level: NotationLevel,
  override: Partial<Record<NotationValidation, NotationAction>> = {},
): Record<NotationValidation, NotationAction> {
  const otherwise: NotationAction = level === 'skip' ? 'skip' : 'log';
  const actions = VALIDATIONS.map(validation => [
    validation,
    override[validation] ??
      (ENFORCED[level].includes(validation) ? 'enforce' : otherwise),
  ]);
  return Object.fromEntries(actions) as Record<
    NotationValidation,
    NotationAction
  >;
}

/**
 * The trust policy for a repository: the one that names it, else the one for everything.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#selecting-a-trust-policy-based-on-artifact-uri
 *
 * @public
 */
export function selectNotationTrustPolicy(
  policies: readonly NotationTrustPolicy[],
  repository: string,
): NotationTrustPolicy | undefined {
  return (
    policies.find(({ registryScopes }) =>
      registryScopes.includes(repository),
    ) ?? policies.find(({ registryScopes }) => registryScopes.includes('*'))
  );
}
