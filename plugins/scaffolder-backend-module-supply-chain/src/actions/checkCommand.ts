import { CheckOptions } from './checkOptions';

/** Name of the variable with the token of the job. */
export const TOKEN_VARIABLE = 'SUPPLY_CHAIN_TOKEN';

/** Node with which the command line runs. */
export const NODE_VERSION = '24.15.0';

/**
 * The line that checks `$IMAGE`. Every value stands in a variable, so that no shell reads it as code.
 *
 * @returns the line, and the variables it needs.
 */
export function checkCommand(
  options: CheckOptions,
  outputs: string[],
): { line: string; variables: Record<string, string> } {
  const { cliVersion, entityRef } = options;
  const variables: Record<string, string> = {};
  const given = (name: string, value: string) => {
    variables[name] = value;
    return `"$${name}"`;
  };
  const decision =
    options.decidedBy === 'policyFile'
      ? ['--policy', given('SUPPLY_CHAIN_POLICY', options.policyFile)]
      : [
          ...['--portal', given('SUPPLY_CHAIN_PORTAL', options.portalUrl)],
          ...['--token-env', TOKEN_VARIABLE, '--wait', '300'],
        ];
  const line = [
    ...['npx', '--yes', `backstage-supply-chain-cli@${cliVersion}`],
    ...['check', '"$IMAGE"', ...decision],
    ...(entityRef ? ['--entity', given('SUPPLY_CHAIN_ENTITY', entityRef)] : []),
    ...outputs.flatMap(output => ['--output', output]),
  ].join(' ');
  return { line, variables };
}
