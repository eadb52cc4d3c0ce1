import { Outcome } from 'backstage-plugin-supply-chain-common';
import { CommandLineContext } from '../commandLine/CommandLineContext';

/** Decoration of text that says the same without it. */
export type Style = {
  outcome(outcome: Outcome, text: string): string;
  faint(text: string): string;
};

const BOLD = '1';
const FAINT = '2';
const RED = '31';
const GREEN = '32';
const YELLOW = '33';
const CYAN = '36';

const COLOURS: Record<Outcome, string> = {
  pass: GREEN,
  waived: GREEN,
  warn: YELLOW,
  unknown: CYAN,
  notApplicable: FAINT,
  fail: RED,
};

/** Colours for a person at a terminal, unless they declined: https://no-color.org */
export function createStyle({
  stdout,
  environment,
}: Pick<CommandLineContext, 'stdout' | 'environment'>): Style {
  const isColoured = stdout.isTTY === true && !environment.NO_COLOR;
  const paint = (code: string, text: string) =>
    isColoured ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    outcome: (outcome, text) => paint(`${BOLD};${COLOURS[outcome]}`, text),
    faint: text => paint(FAINT, text),
  };
}
