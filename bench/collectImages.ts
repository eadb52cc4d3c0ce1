import {
  ImageSubject,
  parseDigest,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import { SigstoreCollector } from 'backstage-plugin-supply-chain-backend-module-sigstore/collector';
import type { CollectContext } from 'backstage-plugin-supply-chain-node';
import {
  asOneLook,
  OriginCollector,
  RegistryClient,
} from 'backstage-plugin-supply-chain-node/registry';
import { inParallel } from './inParallel';
import { SignedImage } from './signedImages';

/** Images a thread looks at together. */
export const COLLECTED_AT_ONCE = 8;

/** Arguments of {@link collectImages}. */
export type CollectImagesOptions = {
  host: string;
  images: readonly SignedImage[];
  trustRoot: TrustRoot;
};

/**
 * Collects registry facts and signatures of every image as the portal does, with a new client. Nothing of an earlier
 * pass is kept but the trust root, read once.
 */
export async function collectImages(
  options: CollectImagesOptions,
): Promise<void> {
  const { host, images, trustRoot } = options;
  const registry = RegistryClient.create({
    registries: [{ host, insecure: true, allowPrivateAddress: true }],
  });
  const collectors = {
    origin: OriginCollector.create({ registry }),
    signature: SigstoreCollector.create({ registry }),
  };
  try {
    await inParallel({
      items: images,
      atOnce: COLLECTED_AT_ONCE,
      task: image =>
        asOneLook(() => collectImage(collectors, { image, trustRoot })),
    });
  } finally {
    await registry.close();
  }
}

async function collectImage(
  collectors: { origin: OriginCollector; signature: SigstoreCollector },
  { image, trustRoot }: { image: SignedImage; trustRoot: TrustRoot },
): Promise<void> {
  const digest = parseDigest(image.digest);
  if (!digest) {
    throw new Error(`expected a digest, got "${image.digest}"`);
  }
  const { repository } = image;
  const subject: ImageSubject = { type: 'image', repository, digest };
  const context = createContext(trustRoot);
  const [origin] = await collectors.origin.collect(subject, context);
  const [evidence] = await collectors.signature.collect(subject, {
    ...context,
    origin,
  });
  const checks = evidence.detail?.statements.flatMap(each => each.checks) ?? [];
  // A number for what was refused would be no number for verification.
  if (checks.length !== 1 || checks[0].status !== 'verified') {
    throw new Error(
      `"${repository}@${digest}" is not verified: ${JSON.stringify(evidence)}`,
    );
  }
}

function createContext(trustRoot: TrustRoot): CollectContext {
  const quiet = () => {};
  return {
    signal: new AbortController().signal,
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    now: new Date(),
    imageRefs: [],
    trustRoots: [trustRoot],
    state: { get: async () => undefined, set: async () => undefined },
    fresh: true,
  };
}
