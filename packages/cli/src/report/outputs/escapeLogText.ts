import { escapeHostileText } from 'backstage-plugin-supply-chain-common';

/**
 * Text from outside for a terminal or the log of a pipeline (L32). Runners take commands out of what is printed:
 * GitHub's `##[…]` and Azure's `##vso[…]` wherever they stand in a line, GitHub's `::…::` where a line begins with it. So
 * no two of these characters stay together there.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function escapeLogText(text: string): string {
  return escapeHostileText(text)
    .replace(/##/g, '#\\u{23}')
    .replace(/^(\s*):(?=:)/, '$1\\u{3a}');
}
