import {
  ImagePatternResult,
  matchesImagePattern,
  parseImagePattern,
} from '../model/imagePattern';
import { BoundedCache } from '../text/BoundedCache';

const parsedPatterns = new BoundedCache<ImagePatternResult>(5000);

/**
 * Whether a repository matches one of the patterns. Patterns were checked when the policy was loaded;
 * one that is none matches nothing.
 *
 * @public
 */
export function matchesAnyImagePattern(
  patterns: readonly string[],
  repository: string,
): boolean {
  return patterns.some(text => {
    const parsed = parsedPatterns.get(text, () => parseImagePattern(text));
    return parsed.ok && matchesImagePattern(parsed.pattern, { repository });
  });
}
