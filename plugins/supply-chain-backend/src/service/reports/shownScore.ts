import {
  CvssRating,
  MergedFinding,
  schema,
} from 'backstage-plugin-supply-chain-common';

/**
 * The score of a finding: of the newest version of CVSS it is rated by, and which one that is. Many are rated by version
 * 4 alone, and old ones by version 2; neither has a score of version 3.
 */
export function shownScore({
  cvss = [],
  score,
  scoreStated,
}: Pick<MergedFinding, 'cvss' | 'score' | 'scoreStated'>): Pick<
  schema.VulnerabilityRow,
  'score' | 'scoreVersion'
> {
  const newest = decidingRating(cvss, '4.');
  if (newest) {
    return { score: newest.score, scoreVersion: newest.version };
  }
  if (score !== undefined) {
    const rating = cvss.find(
      each => each.version.startsWith('3.') && each.score === score,
    );
    return {
      score,
      scoreVersion: scoreStated || !rating ? '3' : rating.version,
    };
  }
  const oldest = decidingRating(cvss, '2.');
  return oldest ? { score: oldest.score, scoreVersion: oldest.version } : {};
}

/** NVD's, else the highest, as of version 3. */
function decidingRating(
  ratings: readonly CvssRating[],
  version: string,
): CvssRating | undefined {
  const [first] = ratings
    .filter(each => each.version.startsWith(version))
    .sort(
      (left, right) =>
        Number(isOfNvd(right)) - Number(isOfNvd(left)) ||
        right.score - left.score,
    );
  return first;
}

function isOfNvd({ source }: CvssRating): boolean {
  return /^nvd\b/i.test(source);
}
