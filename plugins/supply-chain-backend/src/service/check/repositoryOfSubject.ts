/**
 * The repository a token of a pipeline was made for, as the `sub` of GitHub and GitLab says; undefined for others.
 *
 * https://docs.github.com/actions/reference/security/oidc and https://docs.gitlab.com/ci/secrets/id_token_authentication
 */
export function repositoryOfSubject(subject: string): string | undefined {
  const github = /^repo:([\w.-]+\/[\w.-]+):/.exec(subject);
  if (github) {
    return `https://github.com/${github[1]}`;
  }
  const gitlab = /^project_path:([\w.-]+(?:\/[\w.-]+)+):/.exec(subject);
  return gitlab ? `https://gitlab.com/${gitlab[1]}` : undefined;
}
