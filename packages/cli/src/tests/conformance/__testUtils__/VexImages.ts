import {
  BuiltImage,
  buildImage,
  createKeyedBundle,
  createSigningKey,
  digestOf,
  IN_TOTO,
  OCI_EMPTY,
  OCI_INDEX,
  OCI_MANIFEST,
  OciDescriptor,
  OPENVEX_PREDICATE,
  publishBundle,
  Sandbox,
  Statement,
} from 'sandbox';
import { CaseVex } from './conformanceCase';

const HOUR_MS = 60 * 60 * 1000;
const OTHER_DIGEST = `sha256:${'f'.repeat(64)}`;

/** An image of a case, with a repository of its own. */
export type VexImage = {
  path: string;
  built: BuiltImage;
  /** OpenVEX documents that were handed in. */
  handedIn: string[];
};

/** Images with the VEX that cases want: each its own, for what is attested to one would be seen by all. */
export class VexImages {
  readonly #sandbox: Sandbox;
  readonly #strangerKey = createSigningKey();
  #count = 0;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  build(options: {
    path: string;
    tag: string;
    vex: CaseVex[];
    now: Date;
  }): VexImage {
    const { tag, vex, now } = options;
    this.#count += 1;
    const path = `${options.path}-${this.#count}`;
    const { registry } = this.#sandbox;
    const repository = path;
    const source = 'https://github.com/acme/web';
    const { top: manifest } = buildImage({ registry, repository, tag, source });
    const handedIn: string[] = [];
    const unsigned: OciDescriptor[] = [];
    vex.forEach((each, index) => {
      const id = `https://acme.example/vex/${this.#count}/${index}`;
      const document = openVex(each, { id, digest: manifest.digest, now });
      const statement = statementOf(document, manifest.digest);
      if (each.from === 'handedIn') {
        handedIn.push(JSON.stringify(document));
      } else if (each.from === 'nobody') {
        unsigned.push(this.#pushUnsigned(path, manifest, statement));
      } else {
        const bundle = createKeyedBundle({ key: this.#key(each), statement });
        const subject = manifest;
        publishBundle({
          registry,
          repository,
          subject,
          bundle,
          createdAt: now,
        });
      }
    });
    const top =
      unsigned.length > 0
        ? this.#pushIndex(path, tag, [
            { ...manifest, platform: { architecture: 'amd64', os: 'linux' } },
            ...unsigned,
          ])
        : manifest;
    const platforms = { amd64: manifest, arm64: manifest };
    return { path, built: { top, platforms }, handedIn };
  }

  #key({ from }: CaseVex) {
    const { releaseKey } = this.#sandbox.world.signer;
    return from === 'releaseKey' ? releaseKey : this.#strangerKey;
  }

  /**
   * As BuildKit pushes attestations: an entry of the index that nobody signed.
   * https://docs.docker.com/build/metadata/attestations/attestation-storage/
   */
  #pushUnsigned(
    path: string,
    image: OciDescriptor,
    statement: Statement,
  ): OciDescriptor & { platform: object } {
    const { registry } = this.#sandbox;
    const layer = JSON.stringify(statement);
    registry.putBlob(path, '{}');
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: { mediaType: OCI_EMPTY, digest: digestOf('{}'), size: 2 },
      layers: [
        {
          mediaType: IN_TOTO,
          digest: registry.putBlob(path, layer),
          size: Buffer.byteLength(layer),
          annotations: { 'in-toto.io/predicate-type': OPENVEX_PREDICATE },
        },
      ],
    });
    return {
      mediaType: OCI_MANIFEST,
      digest: registry.putManifest(path, { mediaType: OCI_MANIFEST, body }),
      size: Buffer.byteLength(body),
      annotations: {
        'vnd.docker.reference.digest': image.digest,
        'vnd.docker.reference.type': 'attestation-manifest',
      },
      platform: { architecture: 'unknown', os: 'unknown' },
    };
  }

  #pushIndex(path: string, tag: string, manifests: object[]): OciDescriptor {
    const mediaType = OCI_INDEX;
    const body = JSON.stringify({ schemaVersion: 2, mediaType, manifests });
    const { registry } = this.#sandbox;
    const digest = registry.putManifest(path, { mediaType, body, tag });
    return { mediaType, digest, size: Buffer.byteLength(body) };
  }
}

function statementOf(predicate: object, digest: string): Statement {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: digest.slice('sha256:'.length) } }],
    predicateType: OPENVEX_PREDICATE,
    predicate: { ...predicate },
  };
}

/** https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
function openVex(
  vex: CaseVex,
  { id, digest, now }: { id: string; digest: string; now: Date },
): object {
  const { status, vulnerability, hoursAgo = 1, isJustified = true } = vex;
  const named = vex.of === 'otherDigest' ? OTHER_DIGEST : digest;
  const timestamp = new Date(now.getTime() - hoursAgo * HOUR_MS).toISOString();
  return {
    '@context': OPENVEX_PREDICATE,
    '@id': id,
    author: 'Acme product security',
    timestamp,
    version: 1,
    statements: [
      {
        vulnerability: { name: vulnerability },
        products: [{ '@id': `pkg:oci/web@${encodeURIComponent(named)}` }],
        status,
        ...(status === 'not_affected' &&
          isJustified && {
            justification: 'vulnerable_code_not_in_execute_path',
          }),
        ...(status === 'affected' && { action_statement: 'Wait for 1.0.1.' }),
      },
    ],
  };
}
