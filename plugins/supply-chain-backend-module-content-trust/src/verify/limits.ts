const MIB = 1024 * 1024;

/** Largest root, snapshot and timestamp: https://github.com/notaryproject/notary/blob/v0.7.0/const.go */
export const SMALL_FILE_MAX_BYTES = MIB;
/** Largest `targets` or delegation: about 40,000 tags. */
export const TARGETS_MAX_BYTES = 4 * MIB;
/** All `targets` and delegations of one repository together. */
export const TARGETS_TOTAL_MAX_BYTES = 16 * MIB;
/** Delegations of one repository that are read. */
export const DELEGATIONS_MAX = 64;
/** Roots between the one that was trusted before and the current one. */
export const ROTATIONS_MAX = 64;
/**
 * Commas, colons and opening brackets of one file. The cost of a file is its elements, not its bytes; one with forty
 * thousand tags has a third of a million.
 */
export const STRUCTURE_MAX = 320_000;
/** Signatures of one file: each costs a verification. */
export const SIGNATURES_MAX = 64;
/** Keys of one role. */
export const ROLE_KEYS_MAX = 64;
/** Members of any other list of a file, for instance what a snapshot lists. */
export const MEMBERS_MAX = 1024;
/** Certificates of one root key: the leaf and its intermediates. */
export const CERTIFICATES_MAX = 8;
/** Honest files nest seven levels deep. */
export const JSON_MAX_DEPTH = 12;
