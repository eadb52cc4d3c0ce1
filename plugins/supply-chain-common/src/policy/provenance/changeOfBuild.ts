import { EvidenceOf } from '../../model/evidence';
import { ReasonCode } from '../../model/reasonCodes';
import { normaliseSourceRepository } from '../../sourceRepositories/normaliseSourceRepository';
import { withoutRevision } from '../../sourceRepositories/parseWorkflowUri';
import { BuildFacts } from './buildFacts';

/** How a build differs from the one before it. */
export type BuildChange = {
  reason: ReasonCode;
  what: 'the repository' | 'the builder' | 'the workflow';
  before: string;
  now: string;
};

type PossibleChange = Omit<BuildChange, 'before' | 'now'> & {
  before?: string;
  now?: string;
};

function endsWith(builder: string | undefined, workflow: string | undefined) {
  return workflow !== undefined && builder?.endsWith(`/${workflow}`) === true;
}

/**
 * What changed since the build before in the same repository: the source, the builder, then the workflow. Revisions
 * are left out: each release has its own. What one of the two does not say has not changed.
 */
export function changeOfBuild(
  build: BuildFacts,
  evidence: EvidenceOf<'provenance'> | undefined,
): BuildChange | undefined {
  const earlier = evidence?.detail?.earlier;
  if (!earlier) {
    return undefined;
  }
  const before = earlier.repository;
  const builder = {
    before: earlier.builder && withoutRevision(earlier.builder),
    now: build.builder && withoutRevision(build.builder),
  };
  // Where the builder is the workflow itself, as on GitHub, another workflow is no other platform.
  const isWorkflow =
    endsWith(builder.before, earlier.workflow) &&
    endsWith(builder.now, build.workflow);
  const changes: PossibleChange[] = [
    {
      reason: 'repositoryChanged',
      what: 'the repository',
      before: before && (normaliseSourceRepository(before) ?? before),
      now: build.repository ?? build.sourceUri,
    },
    ...(isWorkflow
      ? []
      : [
          {
            reason: 'builderChanged' as const,
            what: 'the builder' as const,
            ...builder,
          },
        ]),
    {
      reason: 'workflowChanged',
      what: 'the workflow',
      before: earlier.workflow,
      now: build.workflow,
    },
  ];
  return changes.find(
    (each): each is BuildChange =>
      each.before !== undefined &&
      each.now !== undefined &&
      each.before !== each.now,
  );
}
