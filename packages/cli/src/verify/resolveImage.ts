import {
  Digest,
  DigestSource,
  ReasonCode,
} from 'backstage-plugin-supply-chain-common';
import type { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { RequestedImage } from './verifyOptions';

/** Why the digest of an image is not known. */
export type ResolveFailure = { reason: ReasonCode; message: string };

/** An image with the digest that is judged. */
export type ResolvedImage = RequestedImage & {
  digestSource: DigestSource;
  digest?: Digest;
  /** Set when there is no digest. */
  failure?: ResolveFailure;
};

/** Takes the digest from the reference, or resolves the tag: once, so that everything is about the same bytes. */
export async function resolveImage(
  image: RequestedImage,
  options: { registry: RegistryClient; signal: AbortSignal },
): Promise<ResolvedImage> {
  const { reference } = image;
  if (reference.digest) {
    return { ...image, digest: reference.digest, digestSource: 'specDigest' };
  }
  const { registry, signal } = options;
  const resolved = await registry.resolveTag(reference, { signal });
  if (resolved.ok) {
    const { digest } = resolved.value;
    return { ...image, digest, digestSource: 'tagResolvedNow' };
  }
  const { reason, detail } = resolved;
  return {
    ...image,
    digestSource: 'none',
    failure: {
      reason: reason === 'notFound' ? 'subjectNotFound' : reason,
      message: detail,
    },
  };
}
