import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fallbackTagOf, OciRegistryServer } from 'sandbox';

type Entry = {
  mediaType: string;
  digest: string;
  annotations?: Record<string, string>;
};

/**
 * Puts what `cosign save` wrote into a registry: the image, and beside it under its tag what attests it.
 *
 * @returns The digest of the image.
 */
export function loadOciLayout(
  folder: string,
  target: { server: OciRegistryServer; repository: string },
): string {
  const { server, repository } = target;
  const blob = (digest: string) =>
    readFileSync(join(folder, 'blobs', ...digest.split(':')));
  readdirSync(join(folder, 'blobs/sha256')).forEach(hex =>
    server.putBlob(repository, blob(`sha256:${hex}`)),
  );
  const { manifests }: { manifests: Entry[] } = JSON.parse(
    readFileSync(join(folder, 'index.json'), 'utf8'),
  );
  const kindOf = ({ annotations }: Entry) =>
    annotations?.kind?.split('/').pop() ?? '';
  const image = manifests.find(entry => kindOf(entry).startsWith('image'))!;
  const suffixes: Record<string, string> = { sigs: '.sig', atts: '.att' };
  for (const entry of manifests) {
    const suffix = suffixes[kindOf(entry)];
    server.putManifest(repository, {
      mediaType: entry.mediaType,
      body: blob(entry.digest).toString('utf8'),
      ...(suffix && { tag: `${fallbackTagOf(image.digest)}${suffix}` }),
    });
  }
  return image.digest;
}
