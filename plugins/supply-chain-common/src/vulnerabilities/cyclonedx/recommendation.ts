import { shortText } from '../../text/reportValues';

const MAX_LENGTH = 16_384;
const VERSION =
  /\bto versions?\s+(v?\d[^\s,;]{0,127}(?:,\s?v?\d[^\s,;]{0,127}){0,20})/i;

/** One piece of advice that names the versions to change to. */
export type Advice = { text: string; versions: string };

/**
 * The advice of a recommendation that names versions, which is how Trivy writes fixes: "Upgrade qs to version 6.5.3", for
 * several packages one after another. Advice without a version is no fix.
 */
export function parseRecommendation(recommendation: unknown): Advice[] {
  const advice = shortText(recommendation, MAX_LENGTH) ?? '';
  return advice.split(';').flatMap(text => {
    const versions = VERSION.exec(text)?.[1];
    return versions ? [{ text, versions: versions.replace(/\.$/, '') }] : [];
  });
}

/** The versions that fix a package. With advice for other packages only, that there is a fix is the safer reading. */
export function fixedVersionOf(
  advice: readonly Advice[],
  packageName: string,
): string | undefined {
  const own = advice.find(({ text }) => text.includes(` ${packageName} `));
  return shortText((own ?? advice[0])?.versions, 512);
}
