import {
  imageFacts,
  judgeImage,
  JudgedImage,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { listImageSummaries } from '../../database/operations/images/listImageSummaries';
import { VisibleRun } from '../../database/operations/images/listVisibleRuns';
import { imageOf } from '../../database/operations/runningImages/imageOf';
import { ImageSummaryRow } from '../../database/tables';
import { readSignatureLooks, SignatureLook } from './readSignatureLooks';

/** A running image of one entity with what was judged of it. */
export type JudgedRun = {
  run: VisibleRun;
  image: JudgedImage;
  /** False: it runs, and no verdict has been made yet. */
  isJudged: boolean;
};

/** Options of {@link readJudgedRuns}. */
export type ReadJudgedRunsOptions = { knex: Knex; runs: VisibleRun[] };

/** Reads what was judged of some running images, each for the entity it stands beside. */
export async function readJudgedRuns(
  options: ReadJudgedRunsOptions,
): Promise<JudgedRun[]> {
  const { knex, runs } = options;
  // Before the judgements, so that none is older than the look it is shown with.
  const looks = await readSignatureLooks({ knex, runs });
  const summaries = await listImageSummaries({
    knex,
    runningImageIds: [...new Set(runs.map(run => run.id))],
    entityRefs: [...new Set(runs.map(run => run.entity_ref))],
  });
  const byRun = new Map(
    summaries.map(row => [keyOf(row.running_image_id, row.entity_ref), row]),
  );
  return runs.map(run => {
    const summary = byRun.get(keyOf(run.id, run.entity_ref));
    return summary
      ? {
          run,
          image: storedImage({ summary, run, look: looks.get(run.id) }),
          isJudged: true,
        }
      : { run, image: imageToBeJudged(run), isJudged: false };
  });
}

function keyOf(runningImageId: string, entityRef: string): string {
  return `${runningImageId} ${entityRef}`;
}

/** What changes no verdict is newer elsewhere: the number of pods, when the signature was looked at. */
function storedImage(options: {
  summary: ImageSummaryRow;
  run: VisibleRun;
  look: SignatureLook | undefined;
}): JudgedImage {
  const { summary, run, look } = options;
  const judged: JudgedImage = JSON.parse(summary.judged);
  const { signature } = judged;
  const { running, placement, annotation } = imageToBeJudged(run);
  return {
    ...judged,
    ...(signature && { signature: withLook(signature, look) }),
    running,
    ...(placement && { placement }),
    ...(annotation && { annotation }),
  };
}

function withLook(
  signature: schema.SignatureSummary,
  look: SignatureLook | undefined,
): schema.SignatureSummary {
  const { observedAt, lastLook, ...judged } = signature;
  return look && observedAt && observedAt <= look.observedAt
    ? { ...judged, ...look }
    : signature;
}

/** L4: what runs counts from its first second; until it is judged nothing can be told of it. */
function imageToBeJudged(run: VisibleRun): JudgedImage {
  const image = imageOf(run);
  const { signature, vulnerabilities, ...judged } = judgeImage({
    image,
    running: Boolean(run.running),
    facts: {
      ...imageFacts(image),
      signatures: [],
      scans: [],
      vulnerabilityClocks: [],
    },
    policies: [],
    trustRoots: [],
    evaluation: {
      outcome: 'unknown',
      reason: 'notCollectedYet',
      verdicts: [],
    },
    now: new Date(run.first_seen),
  });
  return judged;
}
