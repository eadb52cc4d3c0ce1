import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { compileTrustRoot } from 'backstage-plugin-supply-chain-node/trust';
import { VerificationMemory } from '../plugins/supply-chain-backend-module-sigstore/src/VerificationMemory';
import { SignedImages } from './signedImages';
import { keylessRoot } from './trustRoots';

const VERIFICATIONS = 1000;

/** How long everything else had to wait, in milliseconds. */
export type EventLoopDelay = {
  count: number;
  medianMs: number;
  p99Ms: number;
  maxMs: number;
};

/**
 * Verifies keyless signatures, 60 of which arrive at once, and measures how late the timers of the same thread are.
 * Nothing is remembered: each batch has a memory of its own.
 */
export async function measureEventLoop(
  images: SignedImages,
): Promise<EventLoopDelay> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let count = 0;
  while (count < VERIFICATIONS) {
    count += await verifyAll(images, new VerificationMemory());
  }
  delay.disable();
  const toMs = (nanoseconds: number) => nanoseconds / 1_000_000;
  return {
    count,
    medianMs: toMs(delay.percentile(50)),
    p99Ms: toMs(delay.percentile(99)),
    maxMs: toMs(delay.max),
  };
}

async function verifyAll(
  images: SignedImages,
  memory: VerificationMemory,
): Promise<number> {
  const root = keylessRoot(images);
  const trustRoots = [
    { name: root.name, digest: root.digest, compiled: compileTrustRoot(root) },
  ];
  const results = await Promise.all(
    images.keyless.map(({ bundle, digest }) =>
      memory.verify({
        candidate: {
          form: 'bundle',
          bytes: Buffer.from(JSON.stringify(bundle)),
        },
        about: parseDigest(digest)!,
        trustRoots,
        now: new Date(),
      }),
    ),
  );
  if (results.some(({ checks }) => checks[0].status !== 'verified')) {
    throw new Error('a signature was refused');
  }
  return results.length;
}
