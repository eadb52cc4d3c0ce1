import {
  Digest,
  fullEntityRef,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import { usageError } from '../commandLine/CommandLineError';
import { OptionKind, ParsedOptions } from '../commandLine/parseOptions';
import { readFormat } from '../commandLine/readFormat';
import { readInstant, readTimeoutMs } from '../verify/verifyOptions';

/** The options of `upload`. */
export const UPLOAD_OPTIONS: Readonly<Record<string, OptionKind>> = {
  portal: 'value',
  'token-env': 'value',
  entity: 'value',
  image: 'value',
  format: 'value',
  'scanned-at': 'value',
  output: 'value',
  timeout: 'value',
  help: 'flag',
};

/** The help of `upload`. */
export const UPLOAD_HELP = `Usage: supply-chain upload FILE… --portal URL --entity REF --image REPOSITORY@DIGEST [options]

Hands evidence about an image of an entity to a portal: "trivy image --format json", "grype --output json", CycloneDX
with vulnerabilities, "trivy image --format sarif", or OpenVEX. What a file is, is seen from the file. Handing in the
same file again changes nothing. A portal that asks for a pause gets it.

Options:
  --portal URL              address of its backend, https
  --token-env NAME          environment variable with the token of the job; SUPPLY_CHAIN_TOKEN by default
  --entity REF              the entity the image belongs to, such as component:default/web
  --image REPOSITORY@DIGEST the image the files are about
  --format FORMAT           refuse files of another format: trivy, grype, cyclonedx, sarif or openvex
  --scanned-at RFC3339      when the scan was made of which a file is SARIF; that of Trivy does not say it
  --output FORMAT           text or json; text by default
  --timeout SECONDS         give up after this time, for all files together; 300 by default

Exit codes:
  0  the portal has them all, or newer ones
  2  usage or configuration: also a file that cannot be read, or one the portal refuses
  3  the portal was not reached
`;

/** What is handed in, about what. */
export type UploadOptions = {
  files: string[];
  entityRef: string;
  repository: string;
  digest: Digest;
  /** Absent: as recognised. */
  format?: string;
  /** When the scans were made that do not say it. */
  scannedAt?: Date;
  output: 'text' | 'json';
  timeoutMs: number;
};

/** Turns the arguments of `upload` into options. */
export function readUploadOptions(options: ParsedOptions): UploadOptions {
  const files = [...new Set(options.positionals)];
  if (files.length === 0) {
    throw usageError('expected a file with a report');
  }
  if (!options.has('portal')) {
    throw usageError('expected --portal URL');
  }
  const format = options.value('format');
  const scannedAt = readInstant('scanned-at', options.value('scanned-at'));
  return {
    files,
    entityRef: readEntity(options.value('entity')),
    ...readImage(options.value('image')),
    ...(format !== undefined && { format }),
    ...(scannedAt && { scannedAt }),
    output: readFormat(options),
    timeoutMs: readTimeoutMs(options.value('timeout')),
  };
}

function readEntity(text: string | undefined): string {
  const ref = text === undefined ? undefined : fullEntityRef(text);
  if (ref === undefined) {
    throw usageError('expected --entity REF, such as component:default/web');
  }
  return ref;
}

function readImage(text = ''): { repository: string; digest: Digest } {
  const parsed = parseImageReference(text);
  const reference = parsed.ok ? parsed.reference : undefined;
  if (!reference?.digest) {
    throw usageError(
      `expected --image REPOSITORY@DIGEST, got "${text}": a tag may name something else by now`,
    );
  }
  return { repository: reference.repository, digest: reference.digest };
}
