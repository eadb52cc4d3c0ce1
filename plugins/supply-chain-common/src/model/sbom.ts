import { Digest } from './digest';

/**
 * One thing in an image or a cluster, as an SBOM names it. All texts are hostile (L32).
 *
 * @public
 */
export type SbomComponent = {
  name: string;
  group?: string;
  version?: string;
  /** Package URL, as written. */
  purl?: string;
  /** As CycloneDX names types, for instance `library` or `operating-system`. */
  type?: string;
  /** SPDX ids, expressions or names, as written. */
  licences?: string[];
};

/**
 * What an SBOM says is in one image, or a cluster is made of.
 *
 * @public
 */
export type SbomDetail = {
  format: 'CycloneDX';
  /** For instance `1.6`. */
  specVersion: string;
  /** Names the document, not the image: another one for the same contents has another. */
  serialNumber?: string;
  /** RFC 3339: when the document was made. */
  generatedAt: string;
  /** What made it. */
  tool: { name: string; version?: string };
  /** What it describes, as it says itself; a cluster has a name and a version, and no digest. */
  artifact: { repository?: string; tag?: string; digest?: Digest };
  /** `os/architecture` that it describes, when it is known (L2). */
  platform?: string;
  /** In one order, however the document lists them. */
  components: SbomComponent[];
};
