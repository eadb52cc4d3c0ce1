import {
  normaliseSourceRepository,
  NormaliseSourceRepositoryOptions,
} from './normaliseSourceRepository';

/**
 * A workflow as certificates and builders name it.
 *
 * @public
 */
export type WorkflowUri = {
  /** Without the revision. */
  uri: string;
  /** Normalised repository it lies in. */
  repository: string;
  /** Path inside the repository. */
  path: string;
  /** For instance `refs/tags/v1.0.0`. */
  ref?: string;
};

// GitHub: https://github.com/acme/web/.github/workflows/x.yml@refs/tags/v1 (`job_workflow_ref`).
// GitLab: https://gitlab.com/acme/web//.gitlab-ci.yml@refs/heads/main (`ci_config_ref_uri`).
const WORKFLOW =
  /^(https:\/\/[^@?#%]+?)\/(\.github\/workflows\/[^/@?#%]+|\/[^@?#%]+)(?:@([^@?#%]+))?$/;

/** Longer texts are no addresses of workflows. */
const URI_MAX_LENGTH = 2048;

/**
 * Reads the address of a workflow, or `undefined` when it is none.
 *
 * @public
 */
export function parseWorkflowUri(
  uri: string,
  options: NormaliseSourceRepositoryOptions = {},
): WorkflowUri | undefined {
  const match = uri.length <= URI_MAX_LENGTH ? WORKFLOW.exec(uri) : null;
  const repository = match
    ? normaliseSourceRepository(match[1], options)
    : undefined;
  if (!match || !repository) {
    return undefined;
  }
  const [, , path, ref] = match;
  return {
    uri: withoutRevision(uri),
    repository,
    path: path.replace(/^\/+/, ''),
    ...(ref && { ref }),
  };
}

/** A builder's or signer's address without what stands behind `@`. */
export function withoutRevision(uri: string): string {
  const slash = uri.lastIndexOf('://');
  const at = uri.indexOf('@', slash < 0 ? 0 : uri.indexOf('/', slash + 3));
  return at < 0 ? uri : uri.slice(0, at);
}
