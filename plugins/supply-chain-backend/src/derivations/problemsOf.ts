import {
  Finding,
  JudgedImage,
  countedImages,
} from 'backstage-plugin-supply-chain-common';

/** A rule that fails, with one image it fails for. */
export type Problem = {
  ruleId: string;
  reason: string;
  severity: Finding['severity'];
  policy: string;
  imageRef: string;
  repository?: string;
  digest?: string;
};

/** What is wrong with an entity, and which rules could ever be told of all its images. */
export type ProblemState = {
  /** By rule and reason: another reason is a new thing. */
  failing: Record<string, Problem>;
  /** Ids of rules. */
  known: string[];
};

/** Options of {@link problemsOf}. */
export type ProblemsOptions = {
  images: JudgedImage[];
  previous: ProblemState | undefined;
  /** Whether the entity is still being found out for the first time: then no rule becomes known. */
  catchingUp: boolean;
};

/** What {@link problemsOf} finds. */
export type Problems = {
  state: ProblemState;
  /** Changes for the worse that somebody should hear of. */
  news: Problem[];
};

/**
 * Compares what is wrong with an entity with what was. A rule is silent until it could be told of all images once:
 * what is found while everything is looked at for the first time is no news. What fails stays known while it cannot be
 * told, so that a registry that is down for an hour makes no news when it is back.
 */
export function problemsOf(options: ProblemsOptions): Problems {
  const { images, previous, catchingUp } = options;
  const counted = countedImages(images);
  const failing: Record<string, Problem> = {};
  const told = new Set<string>();
  const untold = new Set<string>();
  for (const image of counted) {
    for (const finding of image.findings) {
      (finding.outcome === 'unknown' ? untold : told).add(finding.ruleId);
      if (finding.outcome === 'fail') {
        const problem = problemOf(finding, image);
        failing[`${problem.ruleId}/${problem.reason}`] ??= problem;
      }
    }
  }
  for (const [key, problem] of Object.entries(previous?.failing ?? {})) {
    if (untold.has(problem.ruleId)) {
      failing[key] ??= problem;
    }
  }
  const knownBefore = new Set(previous?.known);
  const known = catchingUp
    ? []
    : [...told].filter(ruleId => !untold.has(ruleId));
  return {
    state: {
      failing,
      known: [...new Set([...knownBefore, ...known])].sort(),
    },
    news: Object.entries(failing)
      .filter(
        ([key, { ruleId }]) =>
          knownBefore.has(ruleId) &&
          !Object.hasOwn(previous?.failing ?? {}, key),
      )
      .map(([, problem]) => problem),
  };
}

function problemOf(
  finding: Finding,
  image: Pick<JudgedImage, 'imageRef' | 'repository' | 'digest'>,
): Problem {
  return {
    ruleId: finding.ruleId,
    reason: finding.reason ?? '',
    severity: finding.severity,
    policy: finding.policy,
    imageRef: image.imageRef,
    ...(image.repository && { repository: image.repository }),
    ...(image.digest && { digest: image.digest }),
  };
}
