import { Signer } from '../../model/signature';
import { withoutRevision } from '../../sourceRepositories/parseWorkflowUri';
import { matchesTextPattern } from '../textPattern';
import { TextPattern } from '../types';
import { CertificateFacts, isGithubIssuer } from './certificateFacts';

/**
 * What ties the builder a provenance names to who signed it.
 *
 * - `proven`: the certificate names it.
 * - `listed`: the rule lists it for a signer that cannot prove it, such as a key.
 * - `unbound`: a trusted signer that cannot prove it, and no list.
 * - `unlisted`: not on the list of the rule.
 * - `contradicted`: the certificate names another workflow.
 */
export type BuilderBinding =
  | 'proven'
  | 'listed'
  | 'unbound'
  | 'unlisted'
  | 'contradicted';

/** Names GitHub's and npm's clients give the platform; the workflow stands in the certificate. */
const GITHUB_PLATFORM: readonly string[] = [
  'https://github.com/actions/runner',
  'https://github.com/actions/runner/github-hosted',
  'https://github.com/actions/runner/self-hosted',
];

/** They name the workflow that called them, having checked it: https://github.com/slsa-framework/slsa-github-generator/blob/main/BYOB.md */
const DELEGATORS =
  /^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\/\.github\/workflows\/delegator_(?:lowperms-)?generic_slsa3\.yml$/;

/** Tells what ties a builder to its signer. */
export function builderBinding(options: {
  builderId: string;
  signer: Signer | undefined;
  certificate: CertificateFacts | undefined;
  builders: readonly TextPattern[] | undefined;
}): BuilderBinding {
  const { builderId, certificate, builders } = options;
  if (certificate?.signerWorkflow) {
    if (!isNamedBy(builderId, certificate)) {
      return 'contradicted';
    }
    const { signerUri } = certificate;
    return !builders || isListed(builders, builderId, signerUri)
      ? 'proven'
      : 'unlisted';
  }
  if (!builders) {
    return 'unbound';
  }
  return isListed(builders, builderId) ? 'listed' : 'unlisted';
}

/** Whether a pattern matches one of the builders, with or without its revision. */
export function isListed(
  patterns: readonly TextPattern[],
  ...builders: string[]
): boolean {
  return builders
    .flatMap(each => [each, withoutRevision(each)])
    .some(text => patterns.some(each => matchesTextPattern(each, text)));
}

function isNamedBy(builderId: string, certificate: CertificateFacts): boolean {
  const { signerUri, issuer, runnerEnvironment, sourceUri } = certificate;
  const workflow = withoutRevision(signerUri);
  if (builderId === signerUri || builderId === workflow) {
    return true;
  }
  if (isGithubIssuer(issuer) && GITHUB_PLATFORM.includes(builderId)) {
    const [, environment] = /\/([a-z]+-hosted)$/.exec(builderId) ?? [];
    return (
      !environment || !runnerEnvironment || environment === runnerEnvironment
    );
  }
  return (
    DELEGATORS.test(workflow) ||
    // https://docs.gitlab.com/ci/runners/configure_runners/#provenance-metadata-format
    (sourceUri !== undefined && builderId.startsWith(`${sourceUri}/-/runners/`))
  );
}
