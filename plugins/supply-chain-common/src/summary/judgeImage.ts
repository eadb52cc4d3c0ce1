import { AnnotatedImage, RunningImage } from '../model/runningImage';
import { matchPolicy } from '../policy/evaluation/matchPolicy';
import { isRunningImage } from '../policy/imageFacts';
import { imageOwnership } from '../policy/imageOwnership';
import {
  ImageEvaluation,
  PolicyFacts,
  SupplyChainPolicy,
  TrustRoot,
} from '../policy/types';
import type { ImageAnnotation, Placement } from '../schema/openapi';
import { answersOf } from './answersOf';
import { JudgedImage } from './JudgedImage';
import { provenanceSummary } from './provenanceSummary';
import { signatureSummary } from './signatureSummary';
import { verifiedSigners } from './verifiedSigners';
import {
  VulnerabilityFigures,
  vulnerabilityFigures,
} from './vulnerabilitySummary';

/**
 * Arguments of {@link judgeImage}.
 *
 * @public
 */
export type ImageToJudge = {
  image: Omit<RunningImage, 'entityRefs'> | AnnotatedImage;
  /** For one that runs or ran: false when it no longer runs and its last known state is kept. */
  running: boolean;
  facts: PolicyFacts;
  policies: SupplyChainPolicy[];
  trustRoots: TrustRoot[];
  /** What the policies said of the facts. */
  evaluation: ImageEvaluation;
  /** Of its vulnerabilities, where the caller has them already. */
  figures?: VulnerabilityFigures;
  now: Date;
};

/**
 * Everything surfaces say of one image, from its facts and verdicts. The only maker of {@link JudgedImage}.
 *
 * @public
 */
export function judgeImage(options: ImageToJudge): JudgedImage {
  const { image, facts, policies, trustRoots, evaluation, now } = options;
  const { repository, digest, imageRef } = image;
  const matching = policies.filter(each => matchPolicy(each, facts).matches);
  const ownerships = matching.map(each => imageOwnership(each, facts.image));
  const signature = signatureSummary(options);
  const provenance = provenanceSummary(options);
  const signers = verifiedSigners(options);
  const figures =
    repository && digest
      ? options.figures ??
        vulnerabilityFigures({ facts, policies, trustRoots, now })
      : undefined;
  return {
    key: imageKey(image),
    imageRef,
    ...(repository && { repository }),
    ...(digest && { digest }),
    thirdParty:
      ownerships.length > 0 && ownerships.every(each => each !== 'own'),
    platformImage: ownerships.includes('platform'),
    ...(isRunningImage(image)
      ? stateOfRunning(image, options)
      : stateOfAnnotated(image, options)),
    verdicts: evaluation.verdicts,
    answers: answersOf(evaluation.verdicts),
    ...(signature && { signature }),
    ...(signers.length > 0 && { signers }),
    ...(provenance && { provenance }),
    ...(figures && { vulnerabilities: figures.summary }),
    fixableCritical: figures?.fixableCritical ?? 0,
    fixableCriticalOverdue: figures?.fixableCriticalOverdue ?? 0,
    evaluatedAt: now.toISOString(),
  };
}

type State = Pick<
  JudgedImage,
  'counted' | 'running' | 'outcome' | 'reason' | 'placement' | 'annotation'
>;

function stateOfRunning(
  image: Omit<RunningImage, 'entityRefs'>,
  { running, evaluation }: ImageToJudge,
): State {
  return {
    counted: image.started,
    running,
    placement: placementOf(image, running),
    // A container that never started runs nothing: it is shown with its verdicts, and comes to nothing (L4).
    ...(image.started
      ? rollUpOf(evaluation)
      : { outcome: 'notApplicable', reason: 'neverStarted' }),
  };
}

function stateOfAnnotated(
  image: AnnotatedImage,
  { evaluation }: ImageToJudge,
): State {
  const { digestReason } = image;
  return {
    counted: false,
    running: false,
    annotation: annotationOf(image),
    // Without a digest nothing can be told, whatever policies say of the reference alone.
    ...(digestReason
      ? { outcome: 'unknown', reason: digestReason }
      : rollUpOf(evaluation)),
  };
}

function rollUpOf({
  outcome,
  reason,
}: ImageEvaluation): Pick<JudgedImage, 'outcome' | 'reason'> {
  return { outcome, ...(reason && { reason }) };
}

function annotationOf(image: AnnotatedImage): ImageAnnotation {
  const { imageRef, digestSource, firstSeen, lastSeen } = image;
  return { imageRef, digestSource, firstSeen, lastSeen };
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
