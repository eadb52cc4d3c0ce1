import { escapeHostileText } from 'backstage-plugin-supply-chain-common';
import { describeContainer } from './describeContainer';
import { Objection } from './objectionsOf';

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#response */
const WARNING_MAX_LENGTH = 120;
const WARNINGS_MAX = 6;
const REFUSALS_MAX = 5;
const NAME_MAX_LENGTH = 100;
const TEXT_MAX_LENGTH = 400;

/** Why a workload is refused and what to do next, for whoever made the request. */
export function refusalMessage(objections: Objection[]): string {
  const lines = objections.slice(0, REFUSALS_MAX).map(refusal);
  const more = objections.length - lines.length;
  return [...lines, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n');
}

/** What comes from the object is cut, so that no name of any length hides the rest. */
function refusal(objection: Objection): string {
  const { container, policy, ruleId, reason, advice } = objection;
  const who = shown(describeContainer(container), NAME_MAX_LENGTH);
  const what = shown(objection.message.replace(/\.$/, ''), TEXT_MAX_LENGTH);
  const why = shown(
    `policy "${policy}", rule "${ruleId}", ${reason}`,
    TEXT_MAX_LENGTH,
  );
  const then = shown(advice, TEXT_MAX_LENGTH);
  return `${who}: ${what} (${why}). What to do: ${then}`;
}

function shown(text: string, maxLength: number): string {
  return shorten(escapeHostileText(text), maxLength);
}

/** The same as warnings: few and short. */
export function warningsOf(objections: Objection[]): string[] {
  const lines = objections.map(({ container, policy, ruleId, reason }) =>
    shorten(
      escapeHostileText(
        `${describeContainer(
          container,
        )}: ${reason} (rule "${ruleId}", policy "${policy}")`,
      ),
      WARNING_MAX_LENGTH,
    ),
  );
  return lines.length <= WARNINGS_MAX
    ? lines
    : [
        ...lines.slice(0, WARNINGS_MAX - 1),
        `and ${
          lines.length - WARNINGS_MAX + 1
        } more of this kind, see the audit annotations`,
      ];
}

/** Counts what is shown: the escaped text, in characters. */
export function shorten(text: string, maxLength: number): string {
  const characters = [...text];
  return characters.length <= maxLength
    ? text
    : `${characters.slice(0, maxLength - 1).join('')}…`;
}
