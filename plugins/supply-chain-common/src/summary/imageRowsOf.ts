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
 * The rows of an entity's table: one per image, worst first; those of the platform in one row at the end (L36).
 *
 * @public
 */
export function imageRowsOf(images: Iterable<JudgedImage>): ImageRow[] {
  const merged = mergeImages(images);
  const platform = merged.filter(each => each.platformImage);
  return [
    ...merged.filter(each => !each.platformImage).map(imageRowOf),
    ...(platform.length > 1
      ? [platformRow(platform)]
      : platform.map(imageRowOf)),
  ];
}

function imageRowOf(image: MergedImage): ImageRow {
  const { repository, digest, reason, signature, vulnerabilities } = image;
  const { provenance } = image;
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
