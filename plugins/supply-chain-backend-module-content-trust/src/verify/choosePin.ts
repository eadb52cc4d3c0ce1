import {
  ContentTrustPin,
  matchesAnyImagePattern,
} from 'backstage-plugin-supply-chain-common';

/**
 * The pin for a repository: of those whose pattern matches, the one with the longest literal part; of equally long
 * ones the first in the document.
 */
export function choosePin(
  pins: readonly ContentTrustPin[],
  repository: string,
): ContentTrustPin | undefined {
  const [pin] = pins
    .filter(({ images }) => matchesAnyImagePattern([images], repository))
    .sort((one, other) => literalLength(other) - literalLength(one));
  return pin;
}

function literalLength({ images }: ContentTrustPin): number {
  return images.replaceAll('*', '').length;
}
