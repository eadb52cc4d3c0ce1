import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OciDescriptor, RegistryContent, RepositoryContent } from './content';

interface DumpedRepository {
  tags: Record<string, string>;
  /** Media type by digest; the bytes lie under `blobs/sha256`. */
  manifests: Record<string, string>;
  referrers?: Record<string, OciDescriptor[]>;
}

/**
 * Reads a recorded registry: `repos/<group>__<name>.json` beside
 * `blobs/sha256/<hex>`.
 * @public
 */
export function loadRegistryDump(
  directory: string,
  options: {
    /** @defaultValue true when the dump recorded a referrer of any subject */
    referrersApi?: boolean;
  } = {},
): RegistryContent {
  const dumps = readdirSync(join(directory, 'repos'))
    .filter(file => file.endsWith('.json'))
    .map(file => ({
      name: file.replace(/\.json$/, '').replace(/__/g, '/'),
      dump: JSON.parse(
        readFileSync(join(directory, 'repos', file), 'utf8'),
      ) as DumpedRepository,
    }));
  const referrersApi =
    options.referrersApi ??
    dumps.some(({ dump }) => Object.keys(dump.referrers ?? {}).length > 0);
  return {
    repositories: dumps.map(({ name, dump }) =>
      readRepository({ directory, name, dump, referrersApi }),
    ),
  };
}

function readRepository(options: {
  directory: string;
  name: string;
  dump: DumpedRepository;
  referrersApi: boolean;
}): RepositoryContent {
  const { directory, name, dump, referrersApi } = options;
  const read = (digest: string) =>
    readFileSync(
      join(directory, 'blobs', 'sha256', digest.slice('sha256:'.length)),
    );
  const manifests: RepositoryContent['manifests'] = {};
  const blobs: RepositoryContent['blobs'] = {};
  for (const [digest, mediaType] of Object.entries(dump.manifests)) {
    const body = read(digest);
    manifests[digest] = { mediaType, body };
    for (const blob of blobDigests(body)) {
      blobs[blob] = read(blob);
    }
  }
  return {
    name,
    referrersApi,
    tags: dump.tags,
    manifests,
    blobs,
    referrers: dump.referrers ?? {},
  };
}

function blobDigests(body: Buffer): string[] {
  const manifest = JSON.parse(body.toString('utf8')) as {
    config?: OciDescriptor;
    layers?: OciDescriptor[];
  };
  return [manifest.config, ...(manifest.layers ?? [])].flatMap(descriptor =>
    descriptor ? [descriptor.digest] : [],
  );
}
