/**
 * How far it is known who stands behind evidence that the portal did not find out itself (L9).
 *
 * - `file`: a file that was handed to the command line, for this one answer.
 * - `tokenUpload`: uploaded with a token that somebody keeps.
 * - `oidcUpload`: uploaded by a pipeline whose identity is bound to the entity.
 * - `signed`: signed by who a trust root names.
 *
 * @public
 */
export type EvidenceTrust = 'file' | 'tokenUpload' | 'oidcUpload' | 'signed';

/**
 * What a rule may ask of evidence that was handed in.
 *
 * @public
 */
export type MinimumTrust = Exclude<EvidenceTrust, 'file'>;

/**
 * Every value a rule may ask for, weakest first.
 *
 * @public
 */
export const MINIMUM_TRUST_WEAKEST_FIRST = [
  'tokenUpload',
  'oidcUpload',
  'signed',
] as const satisfies readonly MinimumTrust[];

/**
 * Whether evidence may satisfy a rule that asks for `minTrust` (L9). What the portal found out itself, without `trust`,
 * always may. Of the rest, a rule that asks for nothing takes what is signed and, on the command line, the file whoever
 * asks stands for.
 *
 * @public
 */
export function satisfiesTrust(
  trust: EvidenceTrust | undefined,
  minTrust: MinimumTrust | undefined,
): boolean {
  if (trust === undefined) {
    return true;
  }
  if (trust === 'file') {
    return minTrust === undefined;
  }
  return rank(trust) >= rank(minTrust ?? 'signed');
}

function rank(trust: MinimumTrust): number {
  return MINIMUM_TRUST_WEAKEST_FIRST.indexOf(trust);
}

/**
 * The strictest of several; one that asks for nothing is as strict as can be for uploads.
 */
export function strictestTrust(
  asked: readonly (MinimumTrust | undefined)[],
): MinimumTrust | undefined {
  return asked.length === 0 || asked.includes(undefined)
    ? undefined
    : [...MINIMUM_TRUST_WEAKEST_FIRST]
        .reverse()
        .find(trust => asked.includes(trust));
}

/**
 * Every trust, weakest first.
 *
 * @public
 */
export const EVIDENCE_TRUST_WEAKEST_FIRST = [
  'file',
  ...MINIMUM_TRUST_WEAKEST_FIRST,
] as const satisfies readonly EvidenceTrust[];

/**
 * Compares two trusts: positive where the left one is the greater. What nobody is known to stand behind is the least.
 */
export function compareTrust(
  left: EvidenceTrust | undefined,
  right: EvidenceTrust | undefined,
): number {
  const order: readonly unknown[] = EVIDENCE_TRUST_WEAKEST_FIRST;
  return order.indexOf(left) - order.indexOf(right);
}
