import { parseStrictJson } from 'backstage-plugin-supply-chain-common';
import { z } from 'zod';
import { SMALL_FILE_MAX_BYTES } from './limits';
import { Refused } from './Refused';
import { TrustFile } from './TrustFile';

const STATE_FORMAT = 1;
/** A root, escaped once more, and what stands beside it. */
const STATE_MAX_BYTES = 2 * SMALL_FILE_MAX_BYTES + 256 * 1024;

const stateShape = z
  .object({
    format: z.literal(STATE_FORMAT),
    since: z.string().datetime(),
    root: z.string(),
    versions: z.record(z.number().int().min(1)),
  })
  .strict();

/** What is remembered of a collection after a good look, and never goes back. */
export type CollectionState = {
  /** When the collection was first trusted. */
  since: Date;
  /** The trusted root, byte for byte. */
  root: TrustFile<'Root'>;
  /** By role; never lower than before. */
  versions: Record<string, number>;
};

/**
 * Reads what was remembered.
 *
 * @throws Refused `trustStateUnreadable`: to start anew would forget what must not be fallen behind.
 */
export function readState(text: string): CollectionState {
  try {
    const json = parseStrictJson(text, { maxBytes: STATE_MAX_BYTES });
    const { since, root, versions } = stateShape.parse(json.ok && json.value);
    return {
      since: new Date(since),
      root: TrustFile.read('Root', Buffer.from(root), SMALL_FILE_MAX_BYTES),
      versions,
    };
  } catch {
    // Whatever is wrong with it, the answer is the same.
    throw new Refused(
      'trustStateUnreadable',
      'what was remembered cannot be read',
    );
  }
}

/** Writes what is to be remembered; equal states give equal texts. */
export function writeState({ since, root, versions }: CollectionState): string {
  return JSON.stringify({
    format: STATE_FORMAT,
    since: since.toISOString(),
    root: Buffer.from(root.bytes).toString('utf8'),
    versions: Object.fromEntries(
      Object.entries(versions).sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
  });
}

/** The lower bound of a role's version; none without an earlier look. */
export function checkNotOlder(
  file: TrustFile<'Root' | 'Timestamp' | 'Snapshot' | 'Targets'>,
  role: string,
  previous: CollectionState | undefined,
): void {
  const known =
    previous && Object.hasOwn(previous.versions, role)
      ? previous.versions[role]
      : 0;
  if (file.signed.version < known) {
    throw file.refuse(
      'trustDataRolledBack',
      `expected version ${known} or later of ${role}, got ${file.signed.version}`,
    );
  }
}
