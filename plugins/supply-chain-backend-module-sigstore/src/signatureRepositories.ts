import {
  Digest,
  ImageSubject,
  matchesAnyImagePattern,
  PlaceLook,
} from 'backstage-plugin-supply-chain-common';
import type { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { placeLook, RepositoryAccess } from './discovery';

/**
 * Where signatures of certain images lie when not beside them: what `COSIGN_REPOSITORY` says when they are made.
 *
 * @public
 */
export type SignatureRepository = {
  /** Image pattern, for instance `registry.acme.example/shop/**`. */
  images: string;
  /** The repository, without tag or digest. */
  repository: string;
  /**
   * Stands before the tags cosign computes from a digest.
   *
   * @defaultValue none
   */
  tagPrefix?: string;
};

/** The repositories beside the image's own that can be read, and a look for each that cannot. */
export type OtherRepositories = {
  readable: RepositoryAccess[];
  looks: PlaceLook[];
};

/**
 * Opens the repositories that may hold signatures of an image. One that holds nothing yet answers a request for an
 * unknown tag just as one that may not be read, so each is asked for its tags first: without a list of them nothing in
 * it is absent (L5).
 */
export async function openOtherRepositories(options: {
  subject: ImageSubject;
  registry: RegistryClient;
  repositories: readonly SignatureRepository[];
  signal: AbortSignal;
}): Promise<OtherRepositories> {
  const { subject, registry, signal } = options;
  const others = options.repositories.filter(({ images }) =>
    matchesAnyImagePattern([images], subject.repository),
  );
  const opened = await Promise.all(
    others.map(async ({ repository, tagPrefix }) => {
      const proof = await registry.proveRepository(repository, { signal });
      return proof.ok
        ? {
            registry,
            repository,
            options: { proof: proof.value, signal },
            elsewhere: { repository, ...(tagPrefix && { tagPrefix }) },
          }
        : unreadLook(subject.digest, { ...proof, repository });
    }),
  );
  return {
    readable: opened.flatMap(each => ('registry' in each ? [each] : [])),
    looks: opened.flatMap(each => ('place' in each ? [each] : [])),
  };
}

function unreadLook(
  about: Digest,
  failure: { repository: string; reason: PlaceLook['reason']; detail: string },
): PlaceLook {
  const { repository, reason, detail } = failure;
  return placeLook({
    // Stands for all places in it, the first of which this is.
    place: 'referrers',
    location: repository,
    about,
    reason,
    note: detail,
  });
}
