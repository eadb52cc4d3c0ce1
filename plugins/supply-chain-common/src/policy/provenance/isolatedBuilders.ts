import { ReasonCode } from '../../model/reasonCodes';
import { TextPattern } from '../types';
import { isListed } from './builderBinding';
import { CertificateFacts } from './certificateFacts';

const GENERATOR =
  'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/';
const GENERIC_GENERATOR = `${GENERATOR}generator_generic_slsa3.yml`;

/**
 * Builders that isolate the build from its caller, as SLSA's own verifier knows them.
 *
 * https://github.com/slsa-framework/slsa-verifier/blob/main/verifiers/utils/builder.go
 *
 * @public
 */
export const DEFAULT_ISOLATED_BUILDERS: readonly string[] = [
  `${GENERATOR}generator_container_slsa3.yml`,
  `${GENERATOR}builder_container-based_slsa3.yml`,
  `${GENERATOR}builder_go_slsa3.yml`,
  GENERIC_GENERATOR,
  `${GENERATOR}delegator_generic_slsa3.yml`,
  `${GENERATOR}delegator_lowperms-generic_slsa3.yml`,
];

/** slsa-verifier, IsValidBuilderTag: a branch can be moved, and a release candidate is no release. */
const RELEASE_TAG =
  /^refs\/tags\/v(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;

/** Why a build whose builder is proven is not at level 3, or `undefined` when it is. */
export function reasonNotIsolated(options: {
  builderId: string;
  certificate: CertificateFacts;
  isolatedBuilders: readonly TextPattern[] | undefined;
}): ReasonCode | undefined {
  const { builderId, certificate } = options;
  const patterns = options.isolatedBuilders ?? DEFAULT_ISOLATED_BUILDERS;
  const { signerUri, signerWorkflow, runnerEnvironment } = certificate;
  // A builder that a delegator names must be trusted as well as the delegator.
  const named = /^https:\/\/github\.com\/actions\/runner/.test(builderId)
    ? [signerUri]
    : [signerUri, builderId];
  if (!named.every(each => isListed(patterns, each))) {
    return 'builderNotIsolated';
  }
  if (!RELEASE_TAG.test(signerWorkflow?.ref ?? '')) {
    return 'builderNotReleased';
  }
  if (runnerEnvironment !== 'github-hosted') {
    return 'runnerNotHosted';
  }
  return isOutsideSource(certificate) ? undefined : 'builderInOwnRepository';
}

/** What a reader should know of a builder at level 3. */
export function noteOnBuilder(
  certificate: CertificateFacts,
): ReasonCode | undefined {
  // SLSA's verifier calls it level 3; the build itself ran in the caller's job, which is isolated from nothing.
  return isListed([GENERIC_GENERATOR], certificate.signerUri)
    ? 'hashesFromCaller'
    : undefined;
}

/** A project that can edit its own builder is not isolated from it. What cannot be told counts as that. */
function isOutsideSource({
  signerWorkflow,
  repository,
  buildConfigRepository,
}: CertificateFacts): boolean {
  const builder = signerWorkflow?.repository;
  return (
    repository !== undefined &&
    builder !== undefined &&
    builder !== repository &&
    builder !== buildConfigRepository
  );
}
