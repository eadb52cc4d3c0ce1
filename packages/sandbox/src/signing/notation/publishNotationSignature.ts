import { createHash } from 'node:crypto';
import {
  digestOf,
  OCI_EMPTY,
  OCI_MANIFEST,
  OciDescriptor,
  OciRegistryServer,
} from '../../registry';
import { IssuedCertificate } from './issueCertificate';
import { NOTATION_ENVELOPES } from './signForNotation';

/**
 * What says that a manifest carries a signature of the Notary Project.
 * @public
 */
export const NOTATION_ARTIFACT_TYPE = 'application/vnd.cncf.notary.signature';

/**
 * Pushes a signature as `notation` does: a manifest that refers to the image. Returns the digest of that manifest.
 * @public
 */
export function publishNotationSignature(options: {
  registry: OciRegistryServer;
  repository: string;
  subject: OciDescriptor;
  format: keyof typeof NOTATION_ENVELOPES;
  envelope: Buffer;
  chain: IssuedCertificate[];
  createdAt: Date;
  /**
   * The form of the manifest: with an artifact type, or with the type in the configuration as before OCI 1.1.
   * @defaultValue config
   */
  form?: 'artifactType' | 'config';
}): string {
  const { registry, repository, envelope, format, subject } = options;
  registry.putBlob(repository, envelope);
  registry.putBlob(repository, '{}');
  const isArtifact = options.form === 'artifactType';
  return registry.putManifest(repository, {
    mediaType: OCI_MANIFEST,
    body: {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      ...(isArtifact && { artifactType: NOTATION_ARTIFACT_TYPE }),
      config: {
        mediaType: isArtifact ? OCI_EMPTY : NOTATION_ARTIFACT_TYPE,
        digest: digestOf('{}'),
        size: 2,
      },
      layers: [
        {
          mediaType: NOTATION_ENVELOPES[format],
          digest: digestOf(envelope),
          size: envelope.length,
        },
      ],
      subject: {
        mediaType: subject.mediaType,
        digest: subject.digest,
        size: subject.size,
      },
      annotations: {
        'io.cncf.notary.x509chain.thumbprint#S256': JSON.stringify(
          options.chain.map(({ der }) =>
            createHash('sha256').update(der).digest('hex'),
          ),
        ),
        'org.opencontainers.image.created': options.createdAt
          .toISOString()
          .replace(/\.\d+Z$/, 'Z'),
      },
    },
  });
}
