import {
  KNOWN_EXPLOITED_MAX_BYTES,
  KnownExploitedCatalogue,
} from 'backstage-plugin-supply-chain-common';
import {
  readFileUpTo,
  readKnownExploited,
} from 'backstage-plugin-supply-chain-node/policies';
import { CommandLineError } from '../commandLine/CommandLineError';

/**
 * Reads the catalogue of known exploited vulnerabilities that `--kev` names.
 *
 * @throws CommandLineError when it cannot be used.
 */
export async function readKevFile(
  file: string,
): Promise<KnownExploitedCatalogue> {
  const refused = (why: string) =>
    new CommandLineError('configuration', [`catalogue "${file}": ${why}`]);
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readFileUpTo(file, KNOWN_EXPLOITED_MAX_BYTES);
  } catch (error) {
    throw refused(`documentFileMissing: ${(error as Error).message}`);
  }
  if (!bytes) {
    throw refused(`expected at most ${KNOWN_EXPLOITED_MAX_BYTES} bytes`);
  }
  const read = await readKnownExploited(bytes);
  if (!read.ok) {
    throw refused(`${read.reason}: ${read.message}`);
  }
  return read.data;
}
