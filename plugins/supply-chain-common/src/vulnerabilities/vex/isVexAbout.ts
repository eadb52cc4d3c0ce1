import { Digest } from '../../model/digest';
import { VexDetail, VexProduct } from '../../model/vex';

/**
 * Whether a document may be about an image it comes with: a statement of it names no product, or one that is the image.
 * One without statements is about whatever it comes with: that is how somebody takes back what they stated.
 *
 * @public
 */
export function isVexAbout(
  { statements, ignored }: VexDetail,
  image: { repository: string; digests: readonly Digest[] },
): boolean {
  return (
    statements.length + ignored.length === 0 ||
    statements.some(
      ({ products }) =>
        products === undefined || products.some(each => isNamedBy(each, image)),
    )
  );
}

/** Of a product without a digest the repository decides; of one with, every digest must be known. */
function isNamedBy(
  product: VexProduct,
  image: { repository: string; digests: readonly Digest[] },
): boolean {
  return product.digests.length > 0
    ? product.digests.every(each => image.digests.includes(each))
    : product.repositories.length > 0 &&
        product.repositories.every(each => each === image.repository);
}
