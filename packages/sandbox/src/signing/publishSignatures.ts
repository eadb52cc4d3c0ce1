import {
  digestOf,
  fallbackTagOf,
  OCI_CONFIG,
  OCI_EMPTY,
  OCI_MANIFEST,
  OciDescriptor,
  OciRegistryServer,
} from '../registry';
import { BUNDLE_V03, SignedBundle } from './bundles';
import { LegacySignature, SIMPLE_SIGNING } from './legacySignatures';
import { Statement } from './statements';

/**
 * Pushes a bundle as cosign 3 does: a manifest that refers to the image.
 * Returns the digest of that manifest.
 * @public
 */
export function publishBundle(options: {
  registry: OciRegistryServer;
  repository: string;
  subject: OciDescriptor;
  bundle: SignedBundle;
  createdAt: Date;
}): string {
  const { registry, repository, bundle, subject } = options;
  const body = Buffer.from(JSON.stringify(bundle));
  registry.putBlob(repository, body);
  registry.putBlob(repository, '{}');
  return registry.putManifest(repository, {
    mediaType: OCI_MANIFEST,
    body: {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: {
        mediaType: OCI_EMPTY,
        size: 2,
        digest: digestOf('{}'),
        artifactType: BUNDLE_V03,
      },
      layers: [
        { mediaType: BUNDLE_V03, size: body.length, digest: digestOf(body) },
      ],
      annotations: {
        'dev.sigstore.bundle.content': 'dsse-envelope',
        'dev.sigstore.bundle.predicateType': predicateTypeOf(bundle),
        'org.opencontainers.image.created': options.createdAt
          .toISOString()
          .replace(/\.\d+Z$/, 'Z'),
      },
      subject: {
        mediaType: subject.mediaType,
        size: subject.size,
        digest: subject.digest,
      },
      artifactType: BUNDLE_V03,
    },
  });
}

/**
 * Pushes signatures as cosign 2 does: one manifest under the tag
 * `sha256-<hex>.sig` with a layer for each. Returns its digest.
 * @public
 */
export function publishLegacySignatures(options: {
  registry: OciRegistryServer;
  repository: string;
  digest: string;
  signatures: LegacySignature[];
}): string {
  const { registry, repository, signatures } = options;
  const config = Buffer.from(
    JSON.stringify({
      architecture: '',
      created: '0001-01-01T00:00:00Z',
      history: signatures.map(() => ({ created: '0001-01-01T00:00:00Z' })),
      os: '',
      rootfs: {
        type: 'layers',
        diff_ids: signatures.map(({ payload }) => digestOf(payload)),
      },
      config: {},
    }),
  );
  registry.putBlob(repository, config);
  return registry.putManifest(repository, {
    mediaType: OCI_MANIFEST,
    tag: `${fallbackTagOf(options.digest)}.sig`,
    body: {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: {
        mediaType: OCI_CONFIG,
        size: config.length,
        digest: digestOf(config),
      },
      layers: signatures.map(({ payload, annotations }) => ({
        mediaType: SIMPLE_SIGNING,
        size: payload.length,
        digest: registry.putBlob(repository, payload),
        annotations,
      })),
    },
  });
}

function predicateTypeOf(bundle: SignedBundle): string {
  const statement = JSON.parse(
    Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString('utf8'),
  ) as Statement;
  return statement.predicateType;
}
