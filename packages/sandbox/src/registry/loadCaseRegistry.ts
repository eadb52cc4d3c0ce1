import { RegistryContent, RepositoryContent } from './content';
import { describeManifest } from './RegistryStore';

/**
 * One repository in one JSON document: bytes in base64, digests as claimed.
 * @public
 */
export interface CaseRegistry {
  repository: string;
  referrersApi: boolean;
  tags: Record<string, string>;
  manifests: Record<string, { mediaType: string; base64: string }>;
  blobs: Record<string, string>;
}

/**
 * Content of a registry from a recorded case. Referrers follow from the
 * `subject` of the manifests; one that names a subject the repository does not
 * hold is listed for every tagged image: that is the lie the case is about.
 * @public
 */
export function loadCaseRegistry(document: CaseRegistry): RegistryContent {
  const repository: RepositoryContent = {
    name: document.repository,
    referrersApi: document.referrersApi,
    tags: document.tags,
    manifests: {},
    blobs: {},
    referrers: {},
  };
  for (const [digest, blob] of Object.entries(document.blobs)) {
    repository.blobs[digest] = Buffer.from(blob, 'base64');
  }
  for (const [digest, manifest] of Object.entries(document.manifests)) {
    repository.manifests[digest] = {
      mediaType: manifest.mediaType,
      body: Buffer.from(manifest.base64, 'base64'),
    };
  }
  for (const [digest, { mediaType, body }] of Object.entries(
    repository.manifests,
  )) {
    const subject = (
      JSON.parse(body.toString('utf8')) as { subject?: { digest: string } }
    ).subject?.digest;
    for (const target of subjectsOf(repository, subject)) {
      repository.referrers[target] = [
        ...(repository.referrers[target] ?? []),
        describeManifest({ mediaType, digest, size: body.length, body }),
      ];
    }
  }
  return { repositories: [repository] };
}

function subjectsOf(
  repository: RepositoryContent,
  subject: string | undefined,
): string[] {
  if (subject === undefined) {
    return [];
  }
  return subject in repository.manifests
    ? [subject]
    : [...new Set(Object.values(repository.tags))];
}
