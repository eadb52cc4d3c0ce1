import { ReactElement } from 'react';
import { useTheme } from '@material-ui/core/styles';
import { schema } from 'backstage-plugin-supply-chain-common';
import { OUTCOME_COLORS } from './outcomeColors';

const STROKE = { fill: 'none', stroke: 'currentColor', strokeWidth: 2 };

const CIRCLE = <circle cx="8" cy="8" r="7" {...STROKE} />;

const SIGNS: Record<schema.Outcome, ReactElement> = {
  pass: (
    <>
      {CIRCLE}
      <path d="M4.5 8.2l2.4 2.4 4.6-5" {...STROKE} />
    </>
  ),
  fail: (
    <>
      {CIRCLE}
      <path d="M5 5l6 6M11 5l-6 6" {...STROKE} />
    </>
  ),
  warn: (
    <>
      <path d="M8 1.5l7 12.5H1z" {...STROKE} />
      <path d="M8 6v4M8 11.5v1" {...STROKE} />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="7" {...STROKE} strokeDasharray="3 2" />
      <path
        d="M6 6.3a2 2 0 1 1 2.6 1.9c-.5.2-.6.5-.6 1.2"
        {...STROKE}
        strokeWidth={1.5}
      />
      <circle cx="8" cy="11.4" r="0.9" fill="currentColor" />
    </>
  ),
  waived: <path d="M8 1.5l6 2v5c0 3-2.5 5-6 6-3.5-1-6-3-6-6v-5z" {...STROKE} />,
  notApplicable: <path d="M3 8h10" {...STROKE} />,
};

/**
 * The sign of an outcome. Decoration: the word always stands beside it, so it is hidden from readers.
 */
export function OutcomeSign(props: {
  outcome: schema.Outcome;
  /** Pixels; @defaultValue 16 */
  sizePx?: number;
}) {
  const { outcome, sizePx = 16 } = props;
  const theme = useTheme();
  return (
    <svg
      viewBox="0 0 16 16"
      width={sizePx}
      height={sizePx}
      aria-hidden="true"
      focusable="false"
      style={{
        color: OUTCOME_COLORS[theme.palette.type][outcome],
        flex: 'none',
      }}
    >
      {SIGNS[outcome]}
    </svg>
  );
}
