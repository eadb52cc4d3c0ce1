/**
 * Names of the certificate extensions Fulcio writes, by the last arc of their object identifier
 * `1.3.6.1.4.1.57264.1.<arc>`. Trust roots match on these names.
 *
 * `issuer` is listed once: arc 8, or arc 1 in old certificates. Arc 7 is no extension but a kind of subject
 * alternative name.
 *
 * https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md
 *
 * @public
 */
export const FULCIO_EXTENSION_NAMES: Readonly<Record<number, string>> = {
  1: 'issuer',
  2: 'githubWorkflowTrigger',
  3: 'githubWorkflowSha',
  4: 'githubWorkflowName',
  5: 'githubWorkflowRepository',
  6: 'githubWorkflowRef',
  8: 'issuer',
  9: 'buildSignerUri',
  10: 'buildSignerDigest',
  11: 'runnerEnvironment',
  12: 'sourceRepositoryUri',
  13: 'sourceRepositoryDigest',
  14: 'sourceRepositoryRef',
  15: 'sourceRepositoryIdentifier',
  16: 'sourceRepositoryOwnerUri',
  17: 'sourceRepositoryOwnerIdentifier',
  18: 'buildConfigUri',
  19: 'buildConfigDigest',
  20: 'buildTrigger',
  21: 'runInvocationUri',
  22: 'sourceRepositoryVisibilityAtSigning',
  23: 'deploymentEnvironment',
  24: 'tokenSubject',
};

/**
 * Whether a trust root may match on an extension of this name.
 *
 * @public
 */
export function isFulcioExtensionName(name: string): boolean {
  return Object.values(FULCIO_EXTENSION_NAMES).includes(name);
}
