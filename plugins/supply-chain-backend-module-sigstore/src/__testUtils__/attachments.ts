import {
  BUNDLE_V03,
  fallbackTagOf,
  OCI_EMPTY,
  OCI_INDEX,
  OCI_MANIFEST,
  OciDescriptor,
} from 'sandbox';
import type { RealRegistry } from './RealRegistry';

/** A place in a registry. */
type Place = {
  registry: RealRegistry;
  repository: string;
  subject: OciDescriptor;
};

/** The bundle a client attached to an image, of the tag that stands in for the referrers API. */
export async function readAttachedBundle(
  place: Place,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests break it
): Promise<any> {
  const { registry, repository, subject } = place;
  const index = await registry.getJson(
    `${repository}/manifests/${fallbackTagOf(subject.digest)}`,
  );
  const manifest = await registry.getJson(
    `${repository}/manifests/${index.manifests[0].digest}`,
  );
  return registry.getJson(`${repository}/blobs/${manifest.layers[0].digest}`);
}

/** Attaches a bundle as cosign 3 does, in place of what is attached. */
export async function attachBundle(
  place: Place,
  bundle: object,
): Promise<void> {
  const { registry, repository, subject } = place;
  const layer = await registry.putBlob(repository, JSON.stringify(bundle));
  const config = await registry.putBlob(repository, '{}');
  const manifest = await registry.putManifest(repository, {
    manifest: {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      artifactType: BUNDLE_V03,
      config: { mediaType: OCI_EMPTY, ...config },
      layers: [{ mediaType: BUNDLE_V03, ...layer }],
      subject,
      annotations: {
        'dev.sigstore.bundle.content': 'dsse-envelope',
        'dev.sigstore.bundle.predicateType':
          'https://sigstore.dev/cosign/sign/v1',
      },
    },
  });
  await putIndex(place, [{ ...manifest, artifactType: BUNDLE_V03 }]);
}

/** Lists what refers to one image as what refers to another. */
export async function copyIndex(
  place: Place,
  from: OciDescriptor,
): Promise<void> {
  const { registry, repository } = place;
  const { manifests } = await registry.getJson(
    `${repository}/manifests/${fallbackTagOf(from.digest)}`,
  );
  await putIndex(place, manifests);
}

/** Puts what the tag `.sig` of one image names under that of another. */
export async function copySigTag(
  place: Place,
  from: OciDescriptor,
): Promise<void> {
  const { registry, repository, subject } = place;
  const manifest = await registry.getJson(
    `${repository}/manifests/${fallbackTagOf(from.digest)}.sig`,
  );
  await registry.putManifest(repository, {
    reference: `${fallbackTagOf(subject.digest)}.sig`,
    manifest: { mediaType: OCI_MANIFEST, ...manifest },
  });
}

async function putIndex(
  { registry, repository, subject }: Place,
  manifests: OciDescriptor[],
): Promise<void> {
  await registry.putManifest(repository, {
    reference: fallbackTagOf(subject.digest),
    manifest: { schemaVersion: 2, mediaType: OCI_INDEX, manifests },
  });
}
