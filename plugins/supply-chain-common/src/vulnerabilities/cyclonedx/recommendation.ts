import { shortText } from '../../text/reportValues';

const MAX_LENGTH = 16_384;
const VERSION =
  /\bto versions?\s+(v?\d[^\s,;]{0,127}(?:,\s?v?\d[^\s,;]{0,127}){0,20})/i;

/**
 * The versions that a recommendation names as those to change to, which is where Trivy writes them: "Upgrade qs to
 * version 6.5.3", for several packages one after another. Advice without a version is no fix.
 */
export function fixedVersionOf(
  recommendation: unknown,
  packageName: string,
): string | undefined {
  const advice = shortText(recommendation, MAX_LENGTH) ?? '';
  const found = advice.split(';').flatMap(text => {
    const versions = VERSION.exec(text)?.[1];
    return versions ? [{ text, versions: versions.replace(/\.$/, '') }] : [];
  });
  const own = found.find(({ text }) => text.includes(` ${packageName} `));
  // With advice for other packages only, that there is a fix is the safer reading.
  return shortText((own ?? found[0])?.versions, 512);
}
