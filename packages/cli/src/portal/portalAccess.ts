import { usageError } from '../commandLine/CommandLineError';
import { ParsedOptions } from '../commandLine/parseOptions';

const TOKEN_VARIABLE = 'SUPPLY_CHAIN_TOKEN';

/** Where the portal is, and as whom it is asked. */
export type PortalAccess = { portal: string; token: string };

/** Reads `--portal`, and the token from the variable that `--token-env` names: never from an argument others can see. */
export function readPortalAccess(
  options: ParsedOptions,
  environment: Readonly<Record<string, string | undefined>>,
): PortalAccess {
  const portal = readPortal(options.value('portal')!);
  const variable = options.value('token-env') ?? TOKEN_VARIABLE;
  const token = environment[variable]?.trim();
  if (!token) {
    throw usageError(
      `expected a token in the environment variable ${variable}, got none`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw usageError(
      `expected a token in the environment variable ${variable}, got something with spaces or line breaks`,
    );
  }
  return { portal, token };
}

function readPortal(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere =
    url !== undefined &&
    ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const isSafe =
    url?.protocol === 'https:' || (isHere && url.protocol === 'http:');
  if (!url || !isSafe || url.username || url.password || url.search) {
    throw usageError(
      `expected --portal as an https address without credentials, got "${text}"`,
    );
  }
  return text;
}
