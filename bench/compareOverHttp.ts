import { TrustRoot } from 'backstage-plugin-supply-chain-common';
import { CollectorThreads } from './CollectorThreads';
import { Cosign, CosignResult } from './Cosign';
import { median } from './median';
import { SignedImages } from './signedImages';

const ROUNDS = 7;

/** Milliseconds for all images. */
export type Passes = { firstMs: number; medianMs: number };

/** What one way of signing took each verifier. */
export type HttpComparison = {
  oneThread: Passes;
  twoThreads: Passes;
  /** The median; absent when there is no cosign here. */
  cosign?: CosignResult;
};

/** The verifiers that are compared. */
export type Verifiers = {
  oneThread: CollectorThreads;
  twoThreads: CollectorThreads;
  cosign?: Cosign;
};

/** Rounds of all verifiers in turn, so that whatever else the machine does meets all of them. */
export async function compareOverHttp(options: {
  verifiers: Verifiers;
  images: SignedImages;
  kind: 'keyed' | 'keyless';
  trustRoot: TrustRoot;
}): Promise<HttpComparison> {
  const { verifiers, images, kind, trustRoot } = options;
  const pass = { host: images.host, images: images[kind], trustRoot };
  const oneThread: number[] = [];
  const twoThreads: number[] = [];
  const cosign: CosignResult[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    oneThread.push((await verifiers.oneThread.collect(pass)).elapsedMs);
    twoThreads.push((await verifiers.twoThreads.collect(pass)).elapsedMs);
    if (verifiers.cosign) {
      cosign.push(await verifiers.cosign.verify(kind));
    }
  }
  return {
    oneThread: summarise(oneThread),
    twoThreads: summarise(twoThreads),
    ...(cosign.length > 0 && { cosign: summariseCosign(cosign) }),
  };
}

function summarise(elapsedMs: number[]): Passes {
  return { firstMs: elapsedMs[0], medianMs: median(elapsedMs) };
}

/** One refusal in any round, and there is no number. */
function summariseCosign(results: CosignResult[]): CosignResult {
  const elapsedMs: number[] = [];
  for (const result of results) {
    if (!result.ok) {
      return result;
    }
    elapsedMs.push(result.elapsedMs);
  }
  return { ok: true, elapsedMs: median(elapsedMs) };
}
