import { z } from 'zod';
import { BuildClaims, SourceClaim } from '../model/provenance';
import {
  dependenciesShape,
  freeObject,
  objectOf,
  optionalText,
  textOf,
  textShape,
} from './predicateShapes';
import { sourceAmong, sourceClaimOf } from './sourceClaimOf';

const metadataShape = z
  .object({
    buildInvocationId: optionalText,
    buildStartedOn: optionalText,
    buildFinishedOn: optionalText,
  })
  .passthrough()
  .nullish()
  .transform(metadata => metadata ?? undefined);

// https://slsa.dev/spec/v0.2/provenance
const v02Shape = z.object({
  builder: z.object({ id: textShape }),
  buildType: textShape,
  invocation: freeObject,
  metadata: metadataShape,
  materials: dependenciesShape,
});

// https://slsa.dev/spec/v0.1/provenance; Google Cloud Build still writes it beside the newer one.
const v01Shape = z.object({
  builder: z.object({ id: textShape }),
  recipe: z.object({ type: textShape, entryPoint: optionalText }).passthrough(),
  metadata: metadataShape,
  materials: dependenciesShape,
});

const BUILDKIT_METADATA = 'https://mobyproject.org/buildkit@v1#metadata';

/** Reads SLSA provenance v0.2. */
export function readProvenanceV02(
  predicate: unknown,
): z.SafeParseReturnType<unknown, BuildClaims> {
  return v02Shape.transform(claimsOfV02).safeParse(predicate);
}

function claimsOfV02(shape: z.infer<typeof v02Shape>): BuildClaims {
  const { builder, buildType, invocation, metadata, materials } = shape;
  const configSource = objectOf(invocation, 'configSource');
  const environment = objectOf(invocation, 'environment');
  const workflow = textOf(configSource, 'entryPoint');
  return {
    builderId: builder.id,
    buildType,
    ...withSource(
      configSourceOf(configSource) ??
        versionControlOf(freeObject.parse(metadata)) ??
        sourceAmong(materials.read),
    ),
    ...(workflow && { workflow }),
    ...githubFactsOf(environment),
    ...runOf(metadata),
    dependencies: materials.count,
  };
}

function configSourceOf(
  configSource: Record<string, unknown>,
): SourceClaim | undefined {
  const uri = textOf(configSource, 'uri');
  return uri ? sourceClaimOf({ uri, digest: configSource.digest }) : undefined;
}

/** BuildKit builds a local folder and says which checkout it is. */
function versionControlOf(
  metadata: Record<string, unknown>,
): SourceClaim | undefined {
  const vcs = objectOf(objectOf(metadata, BUILDKIT_METADATA), 'vcs');
  const uri = textOf(vcs, 'source');
  const revision = textOf(vcs, 'revision');
  return uri
    ? sourceClaimOf({ uri, digest: { gitCommit: revision ?? '' } })
    : undefined;
}

/** The names GitHub's own tools and slsa-github-generator give the facts of a run. */
export function githubFactsOf(
  environment: Record<string, unknown>,
): Pick<
  BuildClaims,
  'trigger' | 'repositoryId' | 'ownerId' | 'runnerEnvironment'
> {
  const fact = (name: string) =>
    textOf(environment, name, `github_${name}`, `GITHUB_${name.toUpperCase()}`);
  const trigger = fact('event_name');
  const repositoryId = fact('repository_id');
  const ownerId = fact('repository_owner_id');
  const runnerEnvironment = fact('runner_environment');
  return {
    ...(trigger && { trigger }),
    ...(repositoryId && { repositoryId }),
    ...(ownerId && { ownerId }),
    ...(runnerEnvironment && { runnerEnvironment }),
  };
}

function runOf(
  metadata: z.infer<typeof metadataShape>,
): Pick<BuildClaims, 'invocationId' | 'startedOn' | 'finishedOn'> {
  const { buildInvocationId, buildStartedOn, buildFinishedOn } = metadata ?? {};
  return {
    ...(buildInvocationId && { invocationId: buildInvocationId }),
    ...(buildStartedOn && { startedOn: buildStartedOn }),
    ...(buildFinishedOn && { finishedOn: buildFinishedOn }),
  };
}

function withSource(
  source: SourceClaim | undefined,
): Pick<BuildClaims, 'source'> {
  return source ? { source } : {};
}

/** Reads SLSA provenance v0.1. */
export function readProvenanceV01(
  predicate: unknown,
): z.SafeParseReturnType<unknown, BuildClaims> {
  return v01Shape
    .transform(({ builder, recipe, metadata, materials }) => ({
      builderId: builder.id,
      buildType: recipe.type,
      ...withSource(sourceAmong(materials.read)),
      ...(recipe.entryPoint && { workflow: recipe.entryPoint }),
      ...runOf(metadata),
      dependencies: materials.count,
    }))
    .safeParse(predicate);
}
