import { z } from 'zod';
import { BuildClaims, SourceClaim } from '../model/provenance';
import { normaliseSourceRepository } from '../sourceRepositories/normaliseSourceRepository';
import {
  dependenciesShape,
  Dependency,
  freeObject,
  objectOf,
  optionalText,
  textOf,
  textShape,
} from './predicateShapes';
import { githubFactsOf } from './readProvenanceV02';
import { sourceAmong, sourceClaimOf } from './sourceClaimOf';

// https://slsa.dev/spec/v1.0/provenance
const v1Shape = z.object({
  buildDefinition: z.object({
    buildType: textShape,
    externalParameters: freeObject,
    internalParameters: freeObject,
    resolvedDependencies: dependenciesShape,
  }),
  runDetails: z.object({
    builder: z.object({ id: textShape }),
    metadata: z
      .object({
        invocationId: optionalText,
        startedOn: optionalText,
        finishedOn: optionalText,
      })
      .passthrough()
      .nullish(),
  }),
});

type Definition = z.infer<typeof v1Shape>['buildDefinition'];

/** Reads SLSA provenance v1. */
export function readProvenanceV1(
  predicate: unknown,
): z.SafeParseReturnType<unknown, BuildClaims> {
  return v1Shape.transform(claimsOf).safeParse(predicate);
}

function claimsOf({
  buildDefinition,
  runDetails,
}: z.infer<typeof v1Shape>): BuildClaims {
  const { buildType, internalParameters, resolvedDependencies } =
    buildDefinition;
  const { invocationId, startedOn, finishedOn } = runDetails.metadata ?? {};
  const source = sourceOf(
    buildDefinition,
    freeObject.parse(runDetails.metadata),
  );
  const workflow = workflowOf(buildDefinition);
  return {
    builderId: runDetails.builder.id,
    buildType,
    ...(source && { source }),
    ...(workflow && { workflow }),
    // GitHub nests them, slsa-github-generator does not.
    ...githubFactsOf(internalParameters),
    ...githubFactsOf(objectOf(internalParameters, 'github')),
    ...(invocationId && { invocationId }),
    ...(startedOn && { startedOn }),
    ...(finishedOn && { finishedOn }),
    dependencies: resolvedDependencies.count,
  };
}

/**
 * Where the build types keep the source: `workflow` (GitHub), `source` (container-based builders and GitLab),
 * `buildConfigSource` (Google Cloud Build), `configSource` (BuildKit), `buildkit_metadata.vcs` (BuildKit on a local
 * folder), else the dependencies (Tekton Chains).
 */
function sourceOf(
  definition: Definition,
  metadata: Record<string, unknown>,
): SourceClaim | undefined {
  const { externalParameters, resolvedDependencies } = definition;
  const { read } = resolvedDependencies;
  const vcs = objectOf(objectOf(metadata, 'buildkit_metadata'), 'vcs');
  return (
    repositorySource(objectOf(externalParameters, 'workflow'), read) ??
    repositorySource(objectOf(externalParameters, 'buildConfigSource'), read) ??
    uriSource(objectOf(externalParameters, 'source')) ??
    uriSource(objectOf(externalParameters, 'configSource')) ??
    repositorySource(
      { repository: textOf(externalParameters, 'source') },
      read,
    ) ??
    uriSource({
      uri: textOf(vcs, 'source'),
      digest: { gitCommit: textOf(vcs, 'revision') ?? '' },
    }) ??
    sourceAmong(read)
  );
}

function uriSource(place: Record<string, unknown>): SourceClaim | undefined {
  const uri = textOf(place, 'uri');
  return uri ? sourceClaimOf({ uri, digest: place.digest }) : undefined;
}

/** A repository and a revision; the commit stands with the dependency of the same repository. */
function repositorySource(
  place: Record<string, unknown>,
  dependencies: Dependency[],
): SourceClaim | undefined {
  const uri = textOf(place, 'repository');
  if (!uri) {
    return undefined;
  }
  const repository = normaliseSourceRepository(uri);
  const resolved = dependencies.find(
    dependency =>
      dependency.uri !== undefined &&
      repository !== undefined &&
      normaliseSourceRepository(dependency.uri) === repository,
  );
  return sourceClaimOf({
    uri,
    ref: textOf(place, 'ref'),
    digest: resolved?.digest,
  });
}

function workflowOf({ externalParameters }: Definition): string | undefined {
  return ['workflow', 'buildConfigSource', 'configSource']
    .map(name => textOf(objectOf(externalParameters, name), 'path'))
    .find(path => path !== undefined);
}
