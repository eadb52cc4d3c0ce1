import { countOutcomes, worstOutcome } from '../model/outcome';
import type { ImageRow } from '../schema/openapi';
import { JudgedImage } from './JudgedImage';
import { mergeImages, MergedImage } from './mergeImages';

/**
 * Key of the row that images of the platform fold into (L36).
 *
 * @public
 */
export const PLATFORM_IMAGES_KEY = 'platform-images';

/**
 * The rows of an entity's table: one per image, worst first; those of the platform in one row after them (L36), those
 * that are only named at the end.
 *
 * @public
 */
export function imageRowsOf(images: Iterable<JudgedImage>): ImageRow[] {
  const merged = mergeImages(images);
  const placed = merged.filter(each => each.placements.length > 0);
  const platform = placed.filter(each => each.platformImage);
  return [
    ...placed.filter(each => !each.platformImage).map(imageRowOf),
    ...(platform.length > 1
      ? [platformRow(platform)]
      : platform.map(imageRowOf)),
    ...merged.filter(each => each.placements.length === 0).map(imageRowOf),
  ];
}

function imageRowOf(image: MergedImage): ImageRow {
  const { repository, digest, reason, signature, vulnerabilities } = image;
  const { provenance } = image;
  const { annotation } = image;
  return {
    key: image.key,
    imageRef: image.imageRef,
    ...(repository && { repository }),
    ...(digest && { digest }),
    counted: image.counted,
    outcome: image.outcome,
    ...(reason && { reason }),
    ...(signature && { signature }),
    ...(provenance && { provenance }),
    ...(vulnerabilities && { vulnerabilities }),
    verdicts: image.verdicts,
    counts: countOutcomes(image.findings.map(({ outcome }) => outcome)),
    placements: image.placements,
    ...(annotation && { annotation }),
    thirdParty: image.thirdParty,
  };
}

function platformRow(images: MergedImage[]): ImageRow {
  const outcome = worstOutcome(images.map(each => each.outcome));
  const worst = images.find(each => each.outcome === outcome)!;
  return {
    key: PLATFORM_IMAGES_KEY,
    imageRef: 'platform images',
    counted: images.some(each => each.counted),
    outcome,
    ...(worst.reason && { reason: worst.reason }),
    verdicts: worst.verdicts,
    counts: countOutcomes(
      images.flatMap(({ findings }) => findings).map(each => each.outcome),
    ),
    placements: images.flatMap(({ placements }) => placements),
    thirdParty: true,
  };
}
