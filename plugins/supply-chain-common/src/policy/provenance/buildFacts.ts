import { BuildClaims } from '../../model/provenance';
import { CertificateFacts, withoutUndefined } from './certificateFacts';

/**
 * What is known of a build, the certificate before the body of the provenance.
 *
 * @public
 */
export type BuildFacts = {
  /** As the provenance names it; the verifier of a verification summary. */
  builder?: string;
  buildType?: string;
  /** Where the source is, as written. */
  sourceUri?: string;
  /** Normalised address of the source repository. */
  repository?: string;
  /** For instance `refs/tags/v1.0.0`. */
  ref?: string;
  /** Commit, in hex. */
  commit?: string;
  /** Immutable id the forge gives the repository. */
  repositoryId?: string;
  ownerId?: string;
  /** Path of the workflow inside the repository. */
  workflow?: string;
  trigger?: string;
  /** Address of the run. */
  run?: string;
  runnerEnvironment?: string;
};

/** Joins what the certificate proves with what the provenance says. */
export function buildFactsOf(
  claims: BuildClaims,
  certificate: CertificateFacts | undefined,
): BuildFacts {
  const { source } = claims;
  // Of one place, or the repository of one would get the commit of another.
  const place = certificate?.sourceUri
    ? certificate
    : {
        sourceUri: source?.uri,
        repository: source?.repository,
        ref: source?.ref,
        commit: source?.commit,
      };
  return withoutUndefined({
    builder: claims.builderId || undefined,
    buildType: claims.buildType || undefined,
    sourceUri: place.sourceUri,
    repository: place.repository,
    ref: place.ref,
    commit: place.commit,
    repositoryId: certificate?.repositoryId ?? claims.repositoryId,
    ownerId: certificate?.ownerId ?? claims.ownerId,
    workflow: certificate?.workflow ?? claims.workflow,
    trigger: certificate?.trigger ?? claims.trigger,
    run: certificate?.run ?? claims.invocationId,
    runnerEnvironment:
      certificate?.runnerEnvironment ?? claims.runnerEnvironment,
  });
}
