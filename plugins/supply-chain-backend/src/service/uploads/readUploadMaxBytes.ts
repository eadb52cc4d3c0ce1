import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { SCAN_REPORT_MAX_BYTES } from 'backstage-plugin-supply-chain-common';

const KEY = 'supplyChain.uploads.maxBytes';

/** Ten times what a scan of a large image takes. */
const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

/**
 * Reads `supplyChain.uploads.maxBytes`.
 *
 * @throws InputError when nothing could be handed in, or more than reports are read of.
 */
export function readUploadMaxBytes(config: Config): number {
  const maxBytes = config.getOptionalNumber(KEY) ?? DEFAULT_MAX_BYTES;
  if (!(maxBytes >= 1 && maxBytes <= SCAN_REPORT_MAX_BYTES)) {
    throw new InputError(
      `expected "${KEY}" to be from 1 to ${SCAN_REPORT_MAX_BYTES}, got ${maxBytes}`,
    );
  }
  return maxBytes;
}
