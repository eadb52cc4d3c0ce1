import {
  ImageReference,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import { CommandLineError, usageError } from '../commandLine/CommandLineError';
import { OptionKind, ParsedOptions } from '../commandLine/parseOptions';
import {
  OUTPUT_HELP,
  OutputRequest,
  readOutputRequests,
} from '../report/outputs/outputRequests';
import { parseInstant } from './parseInstant';

/** The options of every command that looks at images. */
export const IMAGE_OPTIONS = {
  output: 'several',
  now: 'value',
  'insecure-registry': 'several',
  'source-repository': 'value',
  state: 'value',
  timeout: 'value',
  help: 'flag',
} as const satisfies Readonly<Record<string, OptionKind>>;

/** The options of `verify`. */
export const VERIFY_OPTIONS: Readonly<Record<string, OptionKind>> = {
  policy: 'value',
  ...IMAGE_OPTIONS,
};

/** The help of the options that every command about images has. */
export const IMAGE_HELP = `${OUTPUT_HELP}
  --now RFC3339             judge as of this instant; the report says "clock": "injected"
  --insecure-registry HOST  speak plain HTTP to this registry; may be repeated
  --source-repository URL   where the images should be built from; compared with provenance
  --state DIR               keep what verifiers remember between runs here
  --timeout SECONDS         give up looking after this time, for all images together; 300 by default
  -h, --help                show this`;

/** The help of `verify`. */
export const VERIFY_HELP = `Usage: supply-chain verify IMAGE… --policy FILE [options]

Checks signatures and provenance of images against a policy. A tag is resolved once, and its digest is what is judged.

Options:
  --policy FILE             policies and trust roots (YAML)
${IMAGE_HELP}

Credentials come from the "auths" of $DOCKER_CONFIG/config.json or ~/.docker/config.json.

Exit codes, over several images the worst in the order 2 > 1 > 3 > 4 > 0:
  0  pass (also: warn, waived)
  1  fail
  2  usage or configuration, a policy that does not load included
  3  cannot tell, or no policy covers the image
  4  timed out (not used by verify: what was not read in time cannot be told)
`;

const TIMEOUT_DEFAULT_SECONDS = 300;
const TIMEOUT_MAX_SECONDS = 86_400;

/** An image as written and as read. */
export type RequestedImage = { imageRef: string; reference: ImageReference };

/** What every command about images is asked. */
export type ImageOptions = {
  images: RequestedImage[];
  outputs: OutputRequest[];
  /** Absent: the clock of the machine. */
  now?: Date;
  insecureRegistries: string[];
  sourceRepository?: string;
  stateDirectory?: string;
  timeoutMs: number;
};

/** What `verify` is asked. */
export type VerifyOptions = ImageOptions & { policyFile: string };

/** Turns arguments into options. */
export function readVerifyOptions(options: ParsedOptions): VerifyOptions {
  const images = readImageOptions(options);
  return { ...images, policyFile: readPolicyFile(options) };
}

/** The file that `--policy` must name. */
export function readPolicyFile(options: ParsedOptions): string {
  const policyFile = options.value('policy');
  if (policyFile === undefined) {
    throw usageError('expected --policy FILE');
  }
  return policyFile;
}

/** Turns the arguments that commands about images share into options. */
export function readImageOptions(options: ParsedOptions): ImageOptions {
  if (options.positionals.length === 0) {
    throw usageError('expected at least one image');
  }
  return {
    images: readImages(options.positionals),
    outputs: readOutputRequests(options.values('output')),
    now: readInstant('now', options.value('now')),
    insecureRegistries: options.values('insecure-registry').map(readHost),
    sourceRepository: readSource(options.value('source-repository')),
    stateDirectory: options.value('state'),
    timeoutMs: readTimeoutMs(options.value('timeout')),
  };
}

function readImages(texts: string[]): RequestedImage[] {
  const problems: string[] = [];
  const images = texts.flatMap(imageRef => {
    const parsed = parseImageReference(imageRef);
    if (!parsed.ok) {
      problems.push(
        `expected an image reference, got "${imageRef}": referenceUnreadable (${parsed.reason})`,
      );
      return [];
    }
    return [{ imageRef, reference: parsed.reference }];
  });
  if (problems.length > 0) {
    throw new CommandLineError('usage', problems);
  }
  return images;
}

/** Reads `--now` and other options that are an instant. */
export function readInstant(
  option: string,
  text: string | undefined,
): Date | undefined {
  const instant = text === undefined ? undefined : parseInstant(text);
  if (text !== undefined && instant === undefined) {
    throw usageError(
      `expected --${option} as 2026-12-03T12:00:00Z (RFC 3339), got "${text}"`,
    );
  }
  return instant;
}

/** A host exactly as in references: an address or a path would silently match nothing. */
function readHost(host: string): string {
  const parsed = parseImageReference(`${host}/image`);
  const isHost = /[.:]/.test(host) || host === 'localhost';
  if (!isHost || host.includes('/') || !parsed.ok) {
    throw usageError(
      `expected --insecure-registry as a host such as "registry.acme.example:5000", got "${host}"`,
    );
  }
  return parsed.reference.domain;
}

function readSource(text: string | undefined): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.password) {
    throw usageError(
      `expected --source-repository as an https address without credentials, got "${text}"`,
    );
  }
  return text;
}

/** Reads `--timeout`. */
export function readTimeoutMs(text = String(TIMEOUT_DEFAULT_SECONDS)): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(seconds > 0 && seconds <= TIMEOUT_MAX_SECONDS)) {
    throw usageError(
      `expected --timeout as seconds above 0 and at most ${TIMEOUT_MAX_SECONDS}, got "${text}"`,
    );
  }
  return Math.ceil(seconds * 1000);
}
