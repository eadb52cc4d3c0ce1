import { OUTCOME_COLORS, SEVERITY_COLORS } from './outcomeColors';

/** Paper and background of the portal's own themes. */
const GROUNDS = {
  light: ['#ffffff', '#f8f8f8', '#f5f5f5'],
  dark: ['#424242', '#333333', '#212121'],
};

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map(start => {
    const channel = parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort(
    (left, right) => left - right,
  );
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each(['light', 'dark'] as const)('in the %s theme', scheme => {
  it('every outcome reaches a contrast of 4.5', () => {
    for (const [outcome, color] of Object.entries(OUTCOME_COLORS[scheme])) {
      for (const ground of GROUNDS[scheme]) {
        expect({
          outcome,
          ground,
          enough: contrast(color, ground) >= 4.5,
        }).toEqual({ outcome, ground, enough: true });
      }
    }
  });

  it('every severity reaches a contrast of 4.5 on its own ground', () => {
    for (const { text, ground } of Object.values(SEVERITY_COLORS[scheme])) {
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
