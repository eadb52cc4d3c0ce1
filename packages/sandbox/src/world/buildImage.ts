import { gzipSync } from 'node:zlib';
import {
  digestOf,
  OCI_CONFIG,
  OCI_EMPTY,
  OCI_INDEX,
  OCI_LAYER,
  OCI_MANIFEST,
  OciDescriptor,
  OciRegistryServer,
} from '../registry';
import { IN_TOTO } from '../signing';

const ARCHITECTURES = ['amd64', 'arm64'] as const;

/**
 * An image in a registry.
 * @public
 */
export interface BuiltImage {
  /** What the tag names: the index of a multi-arch image, else the manifest. */
  top: OciDescriptor;
  /** The manifest for each architecture. */
  platforms: Record<'amd64' | 'arm64', OciDescriptor>;
}

/**
 * Builds a small but real image: a gzipped layer with one file, a
 * configuration and a manifest; for a multi-arch image the index too, with the
 * attestation manifest BuildKit adds. The same arguments give the same digests.
 * @public
 */
export function buildImage(options: {
  registry: OciRegistryServer;
  repository: string;
  tag: string;
  multiArch?: boolean;
  /** Address of the source, for the image label. */
  source: string;
  /** The image it says it was built on. */
  base?: string;
  /** Makes a build differ from the one before. */
  build?: number;
}): BuiltImage {
  const { registry, repository, tag } = options;
  const manifests = ARCHITECTURES.slice(0, options.multiArch ? 2 : 1).map(
    architecture => buildManifest(options, architecture),
  );
  const [amd64, arm64 = amd64] = manifests;
  if (!options.multiArch) {
    registry.store.tag(repository, tag, amd64.digest);
    return { top: amd64, platforms: { amd64, arm64 } };
  }
  const body = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_INDEX,
      manifests: [
        ...manifests.map((manifest, index) => ({
          ...manifest,
          platform: { architecture: ARCHITECTURES[index], os: 'linux' },
        })),
        attestationManifest(options, amd64),
      ],
    }),
  );
  const digest = registry.putManifest(repository, {
    mediaType: OCI_INDEX,
    body,
    tag,
  });
  const top = { mediaType: OCI_INDEX, digest, size: body.length };
  return { top, platforms: { amd64, arm64 } };
}

function buildManifest(
  options: Parameters<typeof buildImage>[0],
  architecture: string,
): OciDescriptor {
  const { registry, repository, tag } = options;
  const tar = tarOf(
    'etc/release',
    `${repository} ${tag} ${architecture} build ${options.build ?? 0}\n`,
  );
  const layer = gzipSync(tar);
  const config = JSON.stringify({
    created: '2026-01-01T00:00:00Z',
    architecture,
    os: 'linux',
    config: {
      Cmd: ['/app'],
      Labels: {
        'org.opencontainers.image.source': options.source,
        'org.opencontainers.image.version': tag,
      },
    },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    history: [{ created: '2026-01-01T00:00:00Z', created_by: 'sandbox' }],
  });
  return putManifest(registry, repository, {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: {
      mediaType: OCI_CONFIG,
      digest: registry.putBlob(repository, config),
      size: Buffer.byteLength(config),
    },
    layers: [
      {
        mediaType: OCI_LAYER,
        digest: registry.putBlob(repository, layer),
        size: layer.length,
      },
    ],
    ...(options.base && { annotations: baseAnnotations(options.base) }),
  });
}

/** https://specs.opencontainers.org/image-spec/annotations/#pre-defined-annotation-keys */
function baseAnnotations(base: string): Record<string, string> {
  return {
    'org.opencontainers.image.base.name': base,
    'org.opencontainers.image.base.digest': digestOf(base),
  };
}

/**
 * The entry `unknown/unknown` of an index: no platform of the image.
 * https://docs.docker.com/build/metadata/attestations/attestation-storage/
 */
function attestationManifest(
  options: Parameters<typeof buildImage>[0],
  image: OciDescriptor,
): OciDescriptor {
  const { registry, repository, source, tag } = options;
  const statement = JSON.stringify({
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://slsa.dev/provenance/v0.2',
    subject: [
      {
        name: `pkg:docker/${repository}`,
        digest: { sha256: image.digest.slice('sha256:'.length) },
      },
    ],
    predicate: {
      buildType: 'https://mobyproject.org/buildkit@v1',
      builder: { id: `${source}/actions/runs/1` },
      invocation: {
        configSource: {
          uri: `${source}.git#refs/tags/v${tag}`,
          entryPoint: 'Dockerfile',
        },
      },
    },
  });
  const descriptor = putManifest(registry, repository, {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: {
      mediaType: OCI_EMPTY,
      digest: registry.putBlob(repository, '{}'),
      size: 2,
    },
    layers: [
      {
        mediaType: IN_TOTO,
        digest: registry.putBlob(repository, statement),
        size: Buffer.byteLength(statement),
        annotations: {
          'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2',
        },
      },
    ],
  });
  return {
    ...descriptor,
    annotations: {
      'vnd.docker.reference.digest': image.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    },
    platform: { architecture: 'unknown', os: 'unknown' },
  };
}

function putManifest(
  registry: OciRegistryServer,
  repository: string,
  manifest: object,
): OciDescriptor {
  const body = Buffer.from(JSON.stringify(manifest));
  const digest = registry.putManifest(repository, {
    mediaType: OCI_MANIFEST,
    body,
  });
  return { mediaType: OCI_MANIFEST, digest, size: body.length };
}

/** A tar archive with one file: https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function tarOf(path: string, text: string): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number) =>
    `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(path, 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(content.length, 12), 124);
  header.write(octal(0, 12), 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding, Buffer.alloc(1024)]);
}
