import { Theme } from '@material-ui/core/styles';
import { schema } from 'backstage-plugin-supply-chain-common';

/** Light or dark, as the portal's theme says. */
export type ColorScheme = 'light' | 'dark';

/**
 * Text and sign colours of the outcomes. Each reaches a contrast of 4.5 on the paper and the
 * background of the portal's theme; a test measures it.
 */
export const OUTCOME_COLORS: Record<
  ColorScheme,
  Record<schema.Outcome, string>
> = {
  light: {
    pass: '#1b6e3c',
    warn: '#8a5a00',
    fail: '#b3261e',
    unknown: '#5b5b5b',
    waived: '#5b3ea6',
    notApplicable: '#5b5b5b',
  },
  dark: {
    pass: '#8fdcab',
    warn: '#ffcf7d',
    fail: '#ffb4ab',
    unknown: '#d4d4d4',
    waived: '#d3c4ff',
    notApplicable: '#d4d4d4',
  },
};

/**
 * Secondary text. The theme's own grey falls short of a contrast of 4.5 on the ground of a page.
 */
export function mutedColor({ palette }: Theme): string {
  return OUTCOME_COLORS[palette.type].notApplicable;
}

/** Text, ground and edge of a severity. */
export type SeverityColor = { text: string; ground: string; edge: string };

const LIGHT_GREY = { text: '#3f3f3f', ground: '#f1f1f1', edge: '#cfcfcf' };
const DARK_GREY = { text: '#e2e2e2', ground: '#363636', edge: '#6d6d6d' };

/**
 * Colours of the severities; the letter beside the number carries the meaning, the colour only helps.
 */
export const SEVERITY_COLORS: Record<
  ColorScheme,
  Record<schema.Severity, SeverityColor>
> = {
  light: {
    critical: { text: '#7a0c0c', ground: '#fde7e5', edge: '#e3a29c' },
    high: { text: '#7a3a00', ground: '#fff0df', edge: '#e9bd86' },
    medium: { text: '#5a4a00', ground: '#fff9d9', edge: '#dcc860' },
    low: LIGHT_GREY,
    negligible: LIGHT_GREY,
    unknown: LIGHT_GREY,
  },
  dark: {
    critical: { text: '#ffd5d0', ground: '#5c1512', edge: '#a2524b' },
    high: { text: '#ffdcb8', ground: '#55300a', edge: '#96693a' },
    medium: { text: '#ffefb0', ground: '#4a3f08', edge: '#8c7c34' },
    low: DARK_GREY,
    negligible: DARK_GREY,
    unknown: DARK_GREY,
  },
};
