import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrustRoot } from 'backstage-plugin-supply-chain-common';
import { notationRoot } from './trustRoots';

/** When the recorded images were signed and the client looked at them. */
export const RECORDED_AT = new Date('2026-11-23T12:00:00Z');

/** The verdicts of the client from `matrix.tsv`: whether it accepted each image. */
export function recordedVerdicts(folder: string): [string, boolean][] {
  const verdicts = readFileSync(join(folder, 'matrix.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => line.split('\t'))
    .map(([, image, exitCode]): [string, boolean] => [image, exitCode === '0']);
  return [...new Map(verdicts)];
}

/**
 * The trust policy the client ran with, and its trust store. The policy is strict, so that it enforces revocation: the
 * certificates name nobody to ask, and what is not supported here is taken out.
 */
export function recordedRoot(folder: string): TrustRoot {
  const { trustPolicies } = JSON.parse(
    readFileSync(join(folder, 'trustpolicy-longlived.json'), 'utf8'),
  );
  return notationRoot({
    policies: trustPolicies.map((policy: object) => ({
      ...policy,
      signatureVerification: {
        level: 'strict',
        override: { revocation: 'skip' },
      },
    })),
    stores: {
      'ca:shop': [readFileSync(join(folder, 'keys/shop-ca.crt'), 'utf8')],
    },
  });
}
