import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { OptionKind, ParsedOptions } from '../commandLine/parseOptions';
import { openState } from '../state';
import {
  loadPolicies,
  PolicyLoad,
  tryLoadPolicies,
} from '../verify/loadPolicies';
import { RememberingTuf } from '../verify/RememberingTuf';
import { readInstant } from '../verify/verifyOptions';

/** What the commands about policies share. */
export const POLICY_OPTIONS = {
  output: 'value',
  now: 'value',
  'insecure-registry': 'several',
  state: 'value',
  help: 'flag',
} as const satisfies Readonly<Record<string, OptionKind>>;

/** The help of these. */
export const POLICY_HELP = `  --output text|json        text by default
  --insecure-registry HOST  speak plain HTTP to this host; may be repeated
  --state DIR               keep what verifiers remember between runs here
  -h, --help                show this`;

/** The instant to judge at. */
export function readJudgedAt(options: ParsedOptions, now: () => Date): Date {
  return readInstant('now', options.value('now')) ?? now();
}

/**
 * Loads one policy file.
 *
 * @throws CommandLineError with a line for each problem.
 */
export async function loadPolicyFile(
  path: string,
  options: ParsedOptions,
): Promise<PolicySet> {
  return loadPolicies(path, await trustedRootsOf(options));
}

/** Loads some policy files together, and says everything that is wrong with them. */
export async function tryLoadPolicyFiles(
  paths: string[],
  options: ParsedOptions,
): Promise<PolicyLoad> {
  return tryLoadPolicies(paths, await trustedRootsOf(options));
}

async function trustedRootsOf(options: ParsedOptions): Promise<RememberingTuf> {
  const stateOf = await openState(options.value('state'));
  return RememberingTuf.create({
    state: await stateOf('tuf'),
    insecureRegistries: options.values('insecure-registry'),
  });
}
