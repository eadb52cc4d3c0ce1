import { createHash } from 'crypto';
import { Digest } from 'backstage-plugin-supply-chain-common';

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';

export function sha256(bytes: string | Buffer): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest;
}

const EMPTY = {
  mediaType: 'application/vnd.oci.empty.v1+json',
  digest: sha256('{}'),
  size: 2,
};

/** An image manifest without content, told apart by its annotation. */
export function manifestText(name = 'one', more: object = {}): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: EMPTY,
    layers: [EMPTY],
    annotations: { name },
    ...more,
  });
}

export function indexText(manifests: unknown[]): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_INDEX,
    manifests,
  });
}

/** A descriptor of a document that is told apart by its name. */
export function descriptorOf(name: string) {
  const text = manifestText(name);
  return {
    mediaType: OCI_MANIFEST,
    digest: sha256(text),
    size: text.length,
  };
}
