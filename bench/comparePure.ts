import { createPublicKey } from 'node:crypto';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import {
  compileTrustRoot,
  SigstoreTrustRoot,
} from 'backstage-plugin-supply-chain-node/trust';
import { verifyCandidate } from '../plugins/supply-chain-backend-module-sigstore/src/verify';
import {
  BareCheck,
  bareKeylessChecks,
  bareSignature,
  KeylessChecks,
  readAuthorities,
} from './bareChecks';
import { median } from './median';
import { SignedImage, SignedImages } from './signedImages';
import { keyedRoot, keylessRoot } from './trustRoots';

const ROUNDS = 30;

/** Microseconds for one bundle: the median over rounds of the mean over bundles. */
export type PureComparison<Name extends string> = {
  oursUs: number;
  bareUs: Record<Name, number>;
};

/** Bytes in, verdict out, against the check of the one signature. */
export function compareKeyed(
  images: SignedImages,
): PureComparison<'artefact signature'> {
  const publicKey = createPublicKey(images.publicKeyPem);
  return compare({
    ours: images.keyed.map(pureVerification(keyedRoot(images))),
    bare: {
      'artefact signature': images.keyed.map(({ bundle }) =>
        bareSignature(bundle, publicKey),
      ),
    },
  });
}

/** Bytes in, verdict out, against the checks of the signatures in it. */
export function compareKeyless(
  images: SignedImages,
): PureComparison<keyof KeylessChecks> {
  const authorities = readAuthorities(images.trustedRoot);
  const checks = images.keyless.map(({ bundle }) =>
    bareKeylessChecks(bundle, authorities),
  );
  const each = (name: keyof KeylessChecks) => checks.map(all => all[name]);
  return compare({
    ours: images.keyless.map(pureVerification(keylessRoot(images))),
    bare: {
      'artefact signature': each('artefact signature'),
      'certificate chain': each('certificate chain'),
      SCT: each('SCT'),
      'log inclusion promise': each('log inclusion promise'),
      'log checkpoint': each('log checkpoint'),
      'timestamp token': each('timestamp token'),
    },
  });
}

function pureVerification(
  root: SigstoreTrustRoot,
): (image: SignedImage) => BareCheck {
  const trustRoots = [{ name: root.name, compiled: compileTrustRoot(root) }];
  const now = new Date();
  return ({ bundle, digest }) => {
    const bytes = Buffer.from(JSON.stringify(bundle));
    const about = parseDigest(digest);
    if (!about) {
      throw new Error(`expected a digest, got "${digest}"`);
    }
    return () =>
      verifyCandidate({
        candidate: { form: 'bundle', bytes },
        about,
        trustRoots,
        now,
      }).checks.every(({ status }) => status === 'verified');
  };
}

/** Rounds of both in turn, so that whatever else the machine does meets both. */
function compare<Name extends string>(options: {
  ours: BareCheck[];
  bare: Record<Name, BareCheck[]>;
}): PureComparison<Name> {
  const names = Object.keys(options.bare) as Name[];
  const series = [options.ours, ...names.map(name => options.bare[name])];
  // The first rounds are those of a compiler at work.
  Array.from({ length: ROUNDS }, () => series.map(meanUs));
  const rounds = Array.from({ length: ROUNDS }, () => series.map(meanUs));
  const [oursUs, ...bareUs] = series.map((_, index) =>
    median(rounds.map(round => round[index])),
  );
  return {
    oursUs,
    bareUs: Object.fromEntries(
      names.map((name, index) => [name, bareUs[index]]),
    ) as Record<Name, number>,
  };
}

function meanUs(checks: BareCheck[]): number {
  const startedAt = performance.now();
  const isVerified = checks.map(check => check()).every(Boolean);
  const elapsedMs = performance.now() - startedAt;
  if (!isVerified) {
    throw new Error('a check did not hold');
  }
  return (elapsedMs * 1000) / checks.length;
}
