import { Digest } from './digest';

/**
 * One image platform listed in an index. Entries of other artifacts, such as `unknown/unknown`, are left out (L3).
 *
 * @public
 */
export type PlatformManifest = {
  digest: Digest;
  /** `os/architecture` or `os/architecture/variant`. */
  platform: string;
};

/**
 * The image an image was built on, as its annotations say: what its author wrote, never proven.
 *
 * @see https://specs.opencontainers.org/image-spec/annotations/
 * @public
 */
export type BaseImage = {
  /** `org.opencontainers.image.base.name`: a reference, hostile text (L32). */
  name?: string;
  /** `org.opencontainers.image.base.digest` */
  digest?: Digest;
};

/**
 * Registry facts about a subject.
 *
 * @public
 */
export type OriginDetail = {
  kind: 'index' | 'manifest';
  mediaType: string;
  /** Bytes of the manifest itself. */
  sizeBytes: number;
  /** The image platforms of an index; empty for a manifest. */
  children: PlatformManifest[];
  /** Indexes, fetched by digest and hashed, that list this manifest as an image platform (L3). */
  parents: Digest[];
  /** What the tags that workloads name resolve to now, by tag. */
  tags: { tag: string; digest: Digest }[];
  /** Absent where the annotations say nothing of it. */
  base?: BaseImage;
};
