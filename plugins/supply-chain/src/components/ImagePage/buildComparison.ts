import {
  BuildClaims,
  normaliseSourceRepository,
  Signer,
} from 'backstage-plugin-supply-chain-common';

/** What two sides say of one thing about a build. */
export type BuildComparison = {
  id:
    | 'repository'
    | 'commit'
    | 'ref'
    | 'workflow'
    | 'builder'
    | 'trigger'
    | 'runner'
    | 'run'
    | 'repositoryId';
  /** What the certificate proves. */
  proven?: string;
  /** What the builder wrote. */
  written?: string;
};

/** The first extension of those names that the certificate has. */
function extensionOf(signer: Signer | undefined) {
  const extensions = signer?.type === 'identity' ? signer.extensions : {};
  return (...names: string[]) =>
    names
      .filter(name => Object.hasOwn(extensions, name))
      .map(name => extensions[name])
      .find(value => value !== '');
}

/**
 * What the certificate proves of a build beside what the builder wrote; only what one of them says.
 */
export function buildComparison(
  signer: Signer | undefined,
  claims: BuildClaims | undefined,
): BuildComparison[] {
  const of = extensionOf(signer);
  const { source } = claims ?? {};
  const rows: BuildComparison[] = [
    {
      id: 'repository',
      proven: of('sourceRepositoryUri', 'githubWorkflowRepository'),
      written: source?.repository ?? source?.uri,
    },
    {
      id: 'commit',
      proven: of('sourceRepositoryDigest', 'githubWorkflowSha'),
      written: source?.commit,
    },
    {
      id: 'ref',
      proven: of('sourceRepositoryRef', 'githubWorkflowRef'),
      written: source?.ref,
    },
    {
      id: 'workflow',
      proven: of('buildConfigUri', 'githubWorkflowName'),
      written: claims?.workflow,
    },
    {
      id: 'builder',
      proven:
        of('buildSignerUri') ??
        (signer?.type === 'identity' ? signer.subject : undefined),
      written: claims?.builderId,
    },
    {
      id: 'trigger',
      proven: of('buildTrigger', 'githubWorkflowTrigger'),
      written: claims?.trigger,
    },
    {
      id: 'runner',
      proven: of('runnerEnvironment'),
      written: claims?.runnerEnvironment,
    },
    {
      id: 'run',
      proven: of('runInvocationUri'),
      written: claims?.invocationId,
    },
    {
      id: 'repositoryId',
      proven: of('sourceRepositoryIdentifier'),
      written: claims?.repositoryId,
    },
  ];
  return rows.filter(({ proven, written }) => proven || written);
}

/** One spelling, where it is a repository: a slug is one of GitHub. */
function spelled(repository: string): string {
  return (
    normaliseSourceRepository(repository) ??
    normaliseSourceRepository(`https://github.com/${repository}`) ??
    repository
  );
}

/** Things both sides write in their own way, so that different texts contradict nothing. */
const NOT_COMPARED: ReadonlySet<BuildComparison['id']> = new Set([
  'workflow',
  'builder',
]);

/**
 * Whether both sides speak of one thing and say something else. Builders and workflows are left to the backend: both
 * sides name them in ways of their own.
 */
export function contradicts({ id, proven, written }: BuildComparison): boolean {
  if (!proven || !written || NOT_COMPARED.has(id)) {
    return false;
  }
  switch (id) {
    case 'repository':
      return spelled(proven) !== spelled(written);
    case 'commit':
      return proven.toLowerCase() !== written.toLowerCase();
    case 'ref':
      // A short name such as "main" is no other ref than the full one.
      return written.startsWith('refs/') && proven !== written;
    case 'run':
      return written.startsWith('https://') && proven !== written;
    default:
      return proven !== written;
  }
}
