import {
  canonicalRegistryDomain,
  Digest,
  isRecord,
  parseDigest,
  parseImageReference,
  shortText,
  VulnerabilityDetail,
} from 'backstage-plugin-supply-chain-common';
import { Json, ReportProblem } from './reportContent';

/**
 * What made a report.
 *
 * @internal
 */
export function parseScanner(scanner: unknown): VulnerabilityDetail['scanner'] {
  const { name, version } = isRecord(scanner) ? scanner : ({} as Json);
  return {
    name: shortText(name, 100) ?? 'Trivy',
    ...(shortText(version, 100) && { version: shortText(version, 100) }),
  };
}

/**
 * What a report is of. Throws a {@link ReportProblem} for a repository or digest that is none.
 *
 * @internal
 */
export function parseArtifact(report: Json): VulnerabilityDetail['artifact'] {
  const artifact = isRecord(report.artifact) ? report.artifact : {};
  const repository = parseRepository(report.registry, artifact.repository);
  const tag = shortText(artifact.tag, 128);
  const digest = parseArtifactDigest(artifact.digest);
  return {
    ...(repository && { repository }),
    ...(tag && { tag }),
    ...(digest && { digest }),
  };
}

/** A digest in a form nobody else uses would make a second subject of the same content, so it is refused. */
function parseArtifactDigest(digest: unknown): Digest | undefined {
  if (digest === undefined || digest === null || digest === '') {
    return undefined;
  }
  const parsed = parseDigest(digest);
  if (!parsed) {
    throw new ReportProblem(`names '${shortText(digest, 100)}' as its digest`);
  }
  return parsed;
}

/** The operator writes `index.docker.io` for Docker Hub and the repository without its host. */
function parseRepository(
  registry: unknown,
  repository: unknown,
): string | undefined {
  const server = isRecord(registry) ? registry.server : undefined;
  if (typeof repository !== 'string' || repository === '') {
    return undefined;
  }
  const host = typeof server === 'string' && server ? server : 'docker.io';
  const parsed = parseImageReference(
    `${canonicalRegistryDomain(host)}/${repository}`,
  );
  if (!parsed.ok) {
    throw new ReportProblem('names a repository that is none');
  }
  return parsed.reference.repository;
}
