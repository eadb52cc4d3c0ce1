import { Digest, PredicateContent } from 'backstage-plugin-supply-chain-common';
import { readInToto } from './readStatement';

/** What a bare statement says. Nobody signed it. */
export type Claim = {
  predicateType: string;
  content: PredicateContent;
  covers?: Digest;
};

/** Stands where a statement cannot be read, so that its type is not known. */
export const UNKNOWN_PREDICATE = 'unknown';

/** Reads a bare in-toto statement; what cannot be read is a claim as well, and says why. */
export function readClaim(bytes: Uint8Array, wanted: Digest): Claim {
  try {
    const { predicateType, content, covers } = readInToto(
      Buffer.from(bytes),
      wanted,
    );
    return {
      predicateType: predicateType ?? UNKNOWN_PREDICATE,
      // Only a signature has none, and an unsigned signature says nothing.
      content: content ?? { type: 'other' },
      ...(covers && { covers }),
    };
  } catch (error) {
    return {
      predicateType: UNKNOWN_PREDICATE,
      content: { type: 'unreadable', message: (error as Error).message },
    };
  }
}
