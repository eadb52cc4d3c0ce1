import { canonicalDigest } from '../../json/canonicalDigest';
import { parseStrictJson } from '../../json/parseStrictJson';

/**
 * A TUF repository as a document names it: where it is, and the root metadata that trust in it begins with.
 *
 * @public
 */
export type TufReference = {
  /** Address without a trailing slash. */
  mirror: string;
  /** The text of the initial root metadata; never one that came with a library. */
  root: string;
};

/**
 * What was learnt of a TUF repository at the last check that succeeded.
 *
 * @public
 */
export type TufReceipt = {
  /** RFC 3339. */
  checkedAt: string;
  /** RFC 3339: until when the metadata vouches for it. */
  expiresAt: string;
  /** Verified metadata by role; a repository that goes back behind it is refused. */
  metadata: Record<string, string>;
};

/**
 * A target of a TUF repository with its receipt.
 *
 * @public
 */
export type TufTarget = { content: string; receipt: TufReceipt };

/**
 * The names a target and its receipt have among the files of a bundle. No file can have one of them: paths with a
 * scheme are refused.
 *
 * @public
 */
export function tufFileNames(reference: TufReference): {
  content: string;
  receipt: string;
} {
  const id = canonicalDigest(reference);
  return {
    content: `tuf:${id}/trusted_root.json`,
    receipt: `tuf:${id}/receipt.json`,
  };
}

/**
 * Whether a file of a bundle only says when a repository was asked last: it changes with every check.
 *
 * @public
 */
export function isTufReceipt(name: string): boolean {
  return /^tuf:[^/]+\/receipt\.json$/.test(name);
}

/**
 * The target as the files of a bundle hold it; `undefined` when it was never fetched.
 *
 * @public
 */
export function tufTargetOf(
  reference: TufReference,
  files: Record<string, string>,
): TufTarget | undefined {
  const names = tufFileNames(reference);
  if (!Object.hasOwn(files, names.content)) {
    return undefined;
  }
  const receipt = readReceipt(
    Object.hasOwn(files, names.receipt) ? files[names.receipt] : '',
  );
  return receipt && { content: files[names.content], receipt };
}

const RECEIPT_MAX_BYTES = 16 * 1024 * 1024;

/** Our own bytes; what another version wrote counts as never fetched. */
function readReceipt(text: string): TufReceipt | undefined {
  const json = parseStrictJson(text, { maxBytes: RECEIPT_MAX_BYTES });
  const value = json.ok ? (json.value as Partial<TufReceipt> | null) : null;
  const isReceipt =
    typeof value?.checkedAt === 'string' &&
    typeof value.expiresAt === 'string' &&
    typeof value.metadata === 'object' &&
    value.metadata !== null &&
    Object.values(value.metadata).every(each => typeof each === 'string');
  return isReceipt ? (value as TufReceipt) : undefined;
}
