import { lookup } from 'dns/promises';
import {
  Digest,
  ImageReference,
  isDigest,
  isTag,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';
import { AccessProof } from './AccessProof';
import { addressBlobs, BlobAddress } from './addressBlobs';
import { explainWithheld } from './explainWithheld';
import { fetchBlob } from './fetchBlob';
import { fetchManifest } from './fetchManifest';
import { fetchReferrers, ReferrerList } from './fetchReferrers';
import { fetchTags } from './fetchTags';
import { fetchTrustMetadata, TrustMetadataRequest } from './fetchTrustMetadata';
import { RegistryDescriptor } from './parseDescriptor';
import { RegistryManifest } from './readManifest';
import { RegistryAuthenticator } from './RegistryAuthenticator';
import {
  credentialIdOf,
  RegistryDirectory,
  RepositoryName,
} from './RegistryDirectory';
import {
  DEFAULT_REGISTRY_LIMITS,
  RegistryClientOptions,
  RegistryLimits,
} from './registryOptions';
import {
  registryFailure,
  RegistryResult,
  registryValue,
} from './registryResult';
import { RegistrySession, SessionDependencies } from './RegistrySession';
import { RegistryTransport } from './RegistryTransport';
import { RegistryTurns } from './RegistryTurns';
import { currentRegistryUse } from './registryUse';
import { RepositoryNames } from './RepositoryNames';
import { SharedRead, SharedReads } from './SharedReads';

/**
 * Options of every call.
 *
 * @public
 */
export interface RegistryCallOptions {
  /** Makes "not found" a definitive answer (L5); from {@link RegistryClient.proveAccess}. */
  proof?: AccessProof;
  /** Cancels the call, also while it waits for its turn. */
  signal?: AbortSignal;
}

type CallRequest = {
  repository: string;
  /** The tag or digest the call is about. */
  suffix: string;
  /** What is read of the repository, with everything that changes the result. */
  what: string;
  options: RegistryCallOptions;
};

/** About what an entry of a list holds in memory. */
const DESCRIPTOR_BYTES = 1024;

/**
 * Reads from registries. Pull only: it asks for no more than `pull` and sends
 * nothing but GET, except to exchange a refresh token at a token service.
 *
 * Every document is hashed and compared with the digest it was asked by; no
 * header of a registry is believed about content. Answers are values: see
 * {@link RegistryFailure}. Which credentials are used depends on
 * {@link readRegistriesFor}.
 *
 * @public
 */
export class RegistryClient {
  readonly #dependencies: SessionDependencies;
  readonly #turns: RegistryTurns;
  readonly #sharedReads = new SharedReads();
  readonly #repositoryNames = new RepositoryNames();

  private constructor(dependencies: SessionDependencies) {
    this.#dependencies = dependencies;
    this.#turns = new RegistryTurns(dependencies);
  }

  /** Creates a client; without options: public registries, anonymously. */
  static create(options: RegistryClientOptions = {}): RegistryClient {
    const limits: RegistryLimits = {
      ...DEFAULT_REGISTRY_LIMITS,
      ...options.limits,
    };
    const now = options.now ?? Date.now;
    const directory = new RegistryDirectory(
      options.registries ?? [],
      options.allowList,
    );
    const transport = new RegistryTransport({
      directory,
      limits,
      resolveAddresses:
        options.resolveAddresses ??
        (hostname => lookup(hostname, { all: true })),
      tracker: options.tracker,
    });
    const authenticator = new RegistryAuthenticator({
      transport,
      directory,
      limits,
      now,
    });
    return new RegistryClient({
      transport,
      authenticator,
      directory,
      limits,
      now,
    });
  }

  /**
   * Reads what a reference names now: by its digest where it has one, else by
   * its tag, whose digest is computed from the bytes.
   */
  async resolveTag(
    reference: ImageReference,
    options: RegistryCallOptions = {},
  ): Promise<RegistryResult<RegistryManifest>> {
    return this.getManifest(
      reference.repository,
      reference.digest ?? reference.tag ?? 'latest',
      options,
    );
  }

  /** Reads a manifest or index by digest or tag. */
  async getManifest(
    repository: string,
    digestOrTag: string,
    options: RegistryCallOptions = {},
  ): Promise<RegistryResult<RegistryManifest>> {
    return this.#call(
      {
        repository,
        suffix: digestOrTag,
        options,
        what: `manifest ${digestOrTag}`,
        sizeOf: manifest => manifest.bytes.length,
      },
      session => fetchManifest(session, digestOrTag),
    );
  }

  /**
   * Reads the subject's own manifest, which proves that the repository is
   * readable with the credentials configured for it (L5).
   */
  async proveAccess(
    repository: string,
    digest: Digest,
    options: Pick<RegistryCallOptions, 'signal'> = {},
  ): Promise<
    RegistryResult<{ proof: AccessProof; manifest: RegistryManifest }>
  > {
    const manifest = await this.getManifest(repository, digest, options);
    const proof = this.#proofOf(repository);
    if (!manifest.ok || !proof) {
      return manifest.ok ? unreadable(repository) : manifest;
    }
    return registryValue({ proof, manifest: manifest.value });
  }

  /**
   * Lists tags, which proves that a repository is readable although nothing is known to be in it: what holds signatures
   * of others may hold none yet. Registries answer 404 for a repository that does not exist and for one that may not
   * be read; both are `accessNotProven` (L5).
   */
  async proveRepository(
    repository: string,
    options: Pick<RegistryCallOptions, 'signal'> = {},
  ): Promise<RegistryResult<AccessProof>> {
    const tags = await this.#call(
      {
        repository,
        suffix: 'latest',
        options,
        what: 'tags',
        sizeOf: () => 0,
      },
      fetchTags,
    );
    const proof = this.#proofOf(repository);
    if (!tags.ok || !proof) {
      return tags.ok ? unreadable(repository) : tags;
    }
    return registryValue(proof);
  }

  /**
   * Reads the bytes of a descriptor.
   *
   * @param options - `maxBytes` defaults to {@link RegistryLimits.blobMaxBytes}.
   */
  async getBlob(
    repository: string,
    descriptor: Pick<RegistryDescriptor, 'digest' | 'size'>,
    options: RegistryCallOptions & { maxBytes?: number } = {},
  ): Promise<RegistryResult<Uint8Array>> {
    const maxBytes = options.maxBytes ?? this.#dependencies.limits.blobMaxBytes;
    const { digest, size } = descriptor;
    return this.#call(
      {
        repository,
        suffix: digest,
        options,
        what: `blob ${digest} ${size} ${maxBytes}`,
        sizeOf: bytes => bytes.length,
      },
      session => fetchBlob(session, { descriptor, maxBytes }),
    );
  }

  /**
   * Finds out where the layers of an image lie, for a scanner that fetches them itself: it gets a token that pulls from
   * this repository, or the address of the store the registry redirects to.
   */
  async addressBlobs(
    repository: string,
    digests: Digest[],
    options: Pick<RegistryCallOptions, 'signal'> = {},
  ): Promise<RegistryResult<BlobAddress[]>> {
    const name = this.#repositoryNames.read(repository);
    return name && digests.every(isDigest)
      ? this.#ask(name, options, session => addressBlobs(session, digests))
      : unreadable(repository);
  }

  /** Lists what refers to a subject, by the API or the tag that stands in for it. */
  async listReferrers(
    repository: string,
    digest: Digest,
    options: RegistryCallOptions = {},
  ): Promise<RegistryResult<ReferrerList>> {
    return this.#call(
      {
        repository,
        suffix: digest,
        options,
        what: `referrers ${digest}`,
        sizeOf: ({ complete, descriptors }) =>
          complete ? descriptors.length * DESCRIPTOR_BYTES : undefined,
      },
      session => fetchReferrers(session, digest),
    );
  }

  /**
   * Reads one file of the trust data of a repository from a Notary server. Settings and credentials are those of the
   * server's host; a path prefix of credentials is compared with the name of the collection. `notFound` is given only
   * where a Notary server says so itself.
   */
  async getTrustMetadata(
    request: TrustMetadataRequest,
    options: Pick<RegistryCallOptions, 'signal'> = {},
  ): Promise<RegistryResult<Uint8Array>> {
    const { server, gun } = request;
    const parsed = parseImageReference(gun);
    if (
      !URL.canParse(server) ||
      !parsed.ok ||
      parsed.reference.repository !== gun
    ) {
      return unreadable(gun);
    }
    const collection = { domain: new URL(server).host, path: gun };
    return this.#ask(collection, options, session =>
      fetchTrustMetadata(session, request),
    );
  }

  /** Ends all connections; calls in flight fail. */
  async close(): Promise<void> {
    await this.#dependencies.transport.close();
  }

  #proofOf(repository: string): AccessProof | undefined {
    const name = this.#repositoryNames.read(repository);
    if (!name) {
      return undefined;
    }
    const access = this.#dependencies.directory.accessTo(
      name,
      currentRegistryUse(),
    );
    return AccessProof.create({
      repository: `${name.domain}/${name.path}`,
      credentialId: credentialIdOf(access),
    });
  }

  async #call<T>(
    request: CallRequest & Pick<SharedRead<T>, 'sizeOf'>,
    task: (session: RegistrySession) => Promise<RegistryResult<T>>,
  ): Promise<RegistryResult<T>> {
    const { repository, suffix, options, sizeOf } = request;
    const name = this.#repositoryNames.read(repository);
    if (!name || !(isTag(suffix) || isDigest(suffix))) {
      return unreadable(repository);
    }
    return this.#sharedReads.share(
      { key: this.#keyOf(name, request), signal: options.signal, sizeOf },
      () => this.#ask(name, options, task),
    );
  }

  /** One look may read with several credentials, and "not found" means more beside a proof (L5). */
  #keyOf(repository: RepositoryName, { what, options }: CallRequest): string {
    const access = this.#dependencies.directory.accessTo(
      repository,
      currentRegistryUse(),
    );
    const name = `${access.domain}/${access.path}`;
    const credentialId = credentialIdOf(access);
    const isProven = options.proof?.covers(name, credentialId) ?? false;
    return [what, name, credentialId, access.withheld, isProven].join(' ');
  }

  async #ask<T>(
    repository: RepositoryName,
    options: RegistryCallOptions,
    task: (session: RegistrySession) => Promise<RegistryResult<T>>,
  ): Promise<RegistryResult<T>> {
    const { directory } = this.#dependencies;
    const { domain } = repository;
    if (!directory.isAllowed(domain)) {
      return registryFailure(
        'registryNotAllowed',
        `"${domain}" is not in the list of registries`,
      );
    }
    const access = directory.accessTo(repository, currentRegistryUse());
    const result = await this.#turns.take(domain, options.signal, signal =>
      task(
        new RegistrySession({
          dependencies: this.#dependencies,
          repository: access,
          proof: options.proof,
          signal,
        }),
      ),
    );
    return access.withheld ? explainWithheld(result, access) : result;
  }
}

function unreadable(repository: string) {
  return registryFailure(
    'referenceUnreadable',
    `"${repository}" with this tag or digest is no reference`,
  );
}
