/**
 * A run of a GitHub workflow, as its OpenID token tells it to Fulcio.
 * @public
 */
export interface GithubIdentity {
  /** `owner/name` of the repository that was built. */
  repository: string;
  /** Path of the workflow file, below the root of its repository. */
  workflow: string;
  /**
   * Repository that holds the workflow, when it is a reusable one.
   * @defaultValue the built repository
   */
  workflowRepository?: string;
  /**
   * Where the reusable workflow was taken from.
   * @defaultValue `ref`
   */
  workflowRef?: string;
  /**
   * Path of the workflow that calls the reusable one, in the built repository.
   * @defaultValue `workflow`
   */
  callerWorkflow?: string;
  /** For example `refs/tags/v1.0.0`. */
  ref: string;
  /** Commit that was built, 40 hex digits. */
  commit: string;
  /** @defaultValue `push` */
  trigger?: string;
  /** @defaultValue `1` */
  runId?: string;
}

/** The issuer of GitHub Actions tokens. @public */
export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

const FULCIO = '1.3.6.1.4.1.57264.1';

/**
 * `https://github.com/<repository>/<workflow>@<ref>`: the subject of the certificate.
 * @public
 */
export function workflowUri(identity: GithubIdentity): string {
  const home = identity.workflowRepository ?? identity.repository;
  const ref = identity.workflowRef ?? identity.ref;
  return `https://github.com/${home}/${identity.workflow}@${ref}`;
}

/** Path of the workflow that started the run, in the built repository. */
export function callerWorkflow(identity: GithubIdentity): string {
  return identity.callerWorkflow ?? identity.workflow;
}

/**
 * The extensions Fulcio puts into a certificate for a GitHub workflow:
 * https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md
 * @public
 */
export function fulcioExtensions(
  identity: GithubIdentity,
): Array<{ oid: string; value: string; legacy?: boolean }> {
  const source = `https://github.com/${identity.repository}`;
  const owner = identity.repository.split('/')[0];
  const values: Record<number, string> = {
    8: GITHUB_ISSUER,
    9: workflowUri(identity),
    10: identity.commit,
    11: 'github-hosted',
    12: source,
    13: identity.commit,
    14: identity.ref,
    15: numberOf(identity.repository),
    16: `https://github.com/${owner}`,
    17: numberOf(owner),
    18: `${source}/${callerWorkflow(identity)}@${identity.ref}`,
    19: identity.commit,
    20: identity.trigger ?? 'push',
    21: `${source}/actions/runs/${identity.runId ?? '1'}/attempts/1`,
    22: 'private',
  };
  return [
    { oid: `${FULCIO}.1`, value: GITHUB_ISSUER, legacy: true },
    ...Object.entries(values).map(([arc, value]) => ({
      oid: `${FULCIO}.${arc}`,
      value,
    })),
  ];
}

/** A number that stays the same for a name, as repository ids do. */
function numberOf(name: string): string {
  const sum = [...name].reduce(
    (total, letter) => (total * 31 + letter.charCodeAt(0)) % 1_000_000_007,
    7,
  );
  return String(sum);
}
