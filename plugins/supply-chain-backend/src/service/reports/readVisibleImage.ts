import { NotFoundError } from '@backstage/errors';
import {
  countedImages,
  mergeImages,
  MergedImage,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  listVisibleRuns,
  VisibleRun,
} from '../../database/operations/images/listVisibleRuns';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { JudgedRun, readJudgedRuns } from './readJudgedRuns';

/** Options of {@link readVisibleImage}. */
export type ReadVisibleImageOptions = {
  knex: Knex;
  visible: VisibleEntities;
  repository: string;
  digest: string;
};

/** An image as far as the caller may see where it runs. */
export type VisibleImage = {
  subjectKey: string;
  /** One for each pair of running image and entity, those that run first. */
  runs: JudgedRun[];
  /** What counts: the places where it runs; where it runs no longer, the last known ones. */
  merged: MergedImage;
  /** RFC 3339: since when anything the caller may see ran it. */
  firstSeen: string;
};

/** Where an image runs or ran, or the same `NotFoundError` for one that is hidden and one that does not exist (L33). */
export async function readVisibleRuns(
  options: ReadVisibleImageOptions,
): Promise<{ subjectKey: string; found: VisibleRun[] }> {
  const { knex, visible, repository, digest } = options;
  const subjectKey = `${repository}@${digest}`;
  const found = await listVisibleRuns({ knex, subjectKey, visible });
  if (found.length === 0) {
    throw new NotFoundError(`No image '${subjectKey}' is known`);
  }
  return { subjectKey, found };
}

/** The image, or the same `NotFoundError` for one that is hidden and one that does not exist (L33). */
export async function readVisibleImage(
  options: ReadVisibleImageOptions,
): Promise<VisibleImage> {
  const { knex } = options;
  const { subjectKey, found } = await readVisibleRuns(options);
  const runs = (await readJudgedRuns({ knex, runs: found })).sort(
    (left, right) => Number(right.image.running) - Number(left.image.running),
  );
  const images = runs.map(each => each.image);
  const [merged] = [...countedImages(images), ...mergeImages(images)];
  const [firstSeen] = found.map(run => run.first_seen).sort();
  return { subjectKey, runs, merged, firstSeen };
}
