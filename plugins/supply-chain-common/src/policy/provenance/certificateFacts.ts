import { Signer } from '../../model/signature';
import { normaliseSourceRepository } from '../../sourceRepositories/normaliseSourceRepository';
import {
  parseWorkflowUri,
  WorkflowUri,
} from '../../sourceRepositories/parseWorkflowUri';
import { BuildFacts } from './buildFacts';

/** What an authority wrote into the certificate of a build: proven, unlike the body of the provenance. */
export type CertificateFacts = Omit<BuildFacts, 'builder' | 'buildType'> & {
  /** The address of the workflow that signed: the builder. */
  signerUri: string;
  /** The same, where it is the address of a workflow. */
  signerWorkflow?: WorkflowUri;
  issuer?: string;
  /** Repository of the workflow that was started, which need not be that of the builder. */
  buildConfigRepository?: string;
};

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/** Whether the identity was issued to a run of GitHub Actions; enterprises may have an issuer of their own below it. */
export function isGithubIssuer(issuer: string | undefined): boolean {
  return (
    issuer === GITHUB_ISSUER || issuer?.startsWith(`${GITHUB_ISSUER}/`) === true
  );
}

/**
 * The facts of a certificate, by the names of Fulcio's extensions. Old certificates have GitHub's own five instead.
 *
 * https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md
 */
export function certificateFacts(
  signer: Extract<Signer, { type: 'identity' }>,
): CertificateFacts {
  const { issuer, subject, extensions } = signer;
  const of = (...names: string[]) =>
    names
      .map(name => (Object.hasOwn(extensions, name) ? extensions[name] : ''))
      .find(value => value !== '');
  const signerUri = of('buildSignerUri') ?? subject;
  const config = parseWorkflowUri(of('buildConfigUri') ?? '');
  const sourceUri =
    of('sourceRepositoryUri') ??
    githubRepository(issuer, of('githubWorkflowRepository'));
  return withoutUndefined({
    signerUri,
    signerWorkflow: parseWorkflowUri(signerUri),
    issuer,
    sourceUri,
    repository: sourceUri && normaliseSourceRepository(sourceUri),
    commit: of('sourceRepositoryDigest', 'githubWorkflowSha'),
    ref: of('sourceRepositoryRef', 'githubWorkflowRef'),
    repositoryId: of('sourceRepositoryIdentifier'),
    ownerId: of('sourceRepositoryOwnerIdentifier'),
    workflow: config?.path,
    buildConfigRepository: config?.repository,
    trigger: of('buildTrigger', 'githubWorkflowTrigger'),
    run: of('runInvocationUri'),
    runnerEnvironment: of('runnerEnvironment'),
  });
}

function githubRepository(
  issuer: string | undefined,
  slug: string | undefined,
): string | undefined {
  return slug && isGithubIssuer(issuer)
    ? `https://github.com/${slug}`
    : undefined;
}

/** A copy without the keys whose value is not known. */
export function withoutUndefined<T extends object>(facts: T): T {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  ) as T;
}
