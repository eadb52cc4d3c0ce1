import { RunningImage } from '../model/runningImage';
import { matchPolicy } from '../policy/evaluation/matchPolicy';
import { imageOwnership } from '../policy/imageOwnership';
import {
  ImageEvaluation,
  PolicyFacts,
  SupplyChainPolicy,
  TrustRoot,
} from '../policy/types';
import type { Placement } from '../schema/openapi';
import { answersOf } from './answersOf';
import { JudgedImage } from './JudgedImage';
import { provenanceSummary } from './provenanceSummary';
import { signatureSummary } from './signatureSummary';
import { verifiedSigners } from './verifiedSigners';
import { vulnerabilityFigures } from './vulnerabilitySummary';

/**
 * Arguments of {@link judgeImage}.
 *
 * @public
 */
export type ImageToJudge = {
  image: Omit<RunningImage, 'entityRefs'>;
  /** False when it no longer runs and its last known state is kept. */
  running: boolean;
  facts: PolicyFacts;
  policies: SupplyChainPolicy[];
  trustRoots: TrustRoot[];
  /** What the policies said of the facts. */
  evaluation: ImageEvaluation;
  now: Date;
};

/**
 * Everything surfaces say of one running image, from its facts and verdicts. The only maker of {@link JudgedImage}.
 *
 * @public
 */
export function judgeImage(options: ImageToJudge): JudgedImage {
  const { image, facts, policies, evaluation, now } = options;
  const { repository, digest, imageRef } = image;
  const matching = policies.filter(each => matchPolicy(each, facts).matches);
  const ownerships = matching.map(each => imageOwnership(each, facts.image));
  const signature = signatureSummary(options);
  const provenance = provenanceSummary(options);
  const signers = verifiedSigners(options);
  const figures =
    repository && digest
      ? vulnerabilityFigures({ facts, policies, now })
      : undefined;
  return {
    key: imageKey(image),
    imageRef,
    ...(repository && { repository }),
    ...(digest && { digest }),
    counted: image.started,
    running: options.running,
    thirdParty:
      ownerships.length > 0 && ownerships.every(each => each !== 'own'),
    platformImage: ownerships.includes('platform'),
    ...rollUpOf(image, evaluation),
    verdicts: evaluation.verdicts,
    answers: answersOf(evaluation.verdicts),
    ...(signature && { signature }),
    ...(signers.length > 0 && { signers }),
    ...(provenance && { provenance }),
    ...(figures && { vulnerabilities: figures.summary }),
    fixableCritical: figures?.fixableCritical ?? 0,
    fixableCriticalOverdue: figures?.fixableCriticalOverdue ?? 0,
    placement: placementOf(image, options.running),
    evaluatedAt: now.toISOString(),
  };
}

// A container that never started runs nothing: it is shown with its verdicts, and comes to nothing (L4).
function rollUpOf(
  image: Pick<RunningImage, 'started'>,
  { outcome, reason }: ImageEvaluation,
): Pick<JudgedImage, 'outcome' | 'reason'> {
  return image.started
    ? { outcome, ...(reason && { reason }) }
    : { outcome: 'notApplicable', reason: 'neverStarted' };
}

/**
 * What makes two running images one row: repository and digest, or the reference where one of them is not known.
 *
 * @public
 */
export function imageKey(
  image: Pick<RunningImage, 'imageRef' | 'repository' | 'digest'>,
): string {
  const { repository, digest, imageRef } = image;
  return repository && digest ? `${repository}@${digest}` : imageRef;
}

function placementOf(
  image: Omit<RunningImage, 'entityRefs'>,
  running: boolean,
): Placement {
  const { workload, platform, waitingReason } = image;
  return {
    cluster: image.cluster,
    namespace: image.namespace,
    workloadKind: workload.kind,
    workloadName: workload.name,
    container: image.container,
    containerType: image.containerType,
    imageRef: image.imageRef,
    digestSource: image.digestSource,
    ...(platform && { platform }),
    pods: image.pods,
    started: image.started,
    ...(waitingReason && { waitingReason }),
    firstSeen: image.firstSeen,
    lastSeen: image.lastSeen,
    running,
  };
}
