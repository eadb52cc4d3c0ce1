import { Digest, parseDigest } from './digest';
import {
  isRegistryHost,
  isRepositoryPath,
  isTag,
  REPOSITORY_MAX_LENGTH,
} from './imageReferenceGrammar';

/**
 * An image reference in normal form: aliases of Docker Hub are `docker.io`,
 * its official images `library/…`, host names lower case.
 *
 * @public
 */
export interface ImageReference {
  /** Registry host, with its port where one is written, e.g. `registry.acme.example:5000`. */
  domain: string;
  /** Path inside the registry, e.g. `shop/web`. */
  path: string;
  /** `domain/path`: with a digest, the identity of a subject. */
  repository: string;
  /** The tag as written; `latest` when neither tag nor digest is. */
  tag?: string;
  /** The digest as written. Where both are present, the digest decides. */
  digest?: Digest;
}

/**
 * Why a text is not an image reference.
 *
 * @public
 */
export type ImageReferenceProblem =
  | 'empty'
  | 'tooLong'
  | 'ipv6Host'
  | 'malformedHost'
  | 'upperCasePath'
  | 'malformedPath'
  | 'malformedTag'
  | 'malformedDigest'
  | 'identifierWithoutRepository';

/**
 * Result of {@link parseImageReference}.
 *
 * @public
 */
export type ImageReferenceResult =
  | { ok: true; reference: ImageReference }
  | { ok: false; reason: ImageReferenceProblem };

const DOCKER_HUB = 'docker.io';
const DOCKER_HUB_ALIASES = new Set([
  DOCKER_HUB,
  'index.docker.io',
  'registry-1.docker.io',
]);
const DOCKER_HUB_API = 'registry-1.docker.io';

// Longest name, tag and sha512 digest with their two separators.
const TEXT_MAX_LENGTH = REPOSITORY_MAX_LENGTH + 1 + 128 + 1 + 7 + 128;
const BARE_IDENTIFIER = /^[0-9a-f]{64}$/;

/**
 * The one spelling of a registry host that is compared everywhere.
 *
 * @public
 */
export function canonicalRegistryDomain(host: string): string {
  const lower = host.toLowerCase();
  return DOCKER_HUB_ALIASES.has(lower) ? DOCKER_HUB : lower;
}

/**
 * The host that answers the registry API for a domain: Docker Hub's differs
 * from the name in its references.
 *
 * @public
 */
export function registryApiHost(domain: string): string {
  return domain === DOCKER_HUB ? DOCKER_HUB_API : domain;
}

/**
 * Normalises a host and a path into the `domain` and `path` of a reference.
 *
 * @internal
 */
export function normaliseRepository(
  host: string | undefined,
  path: string,
): { domain: string; path: string } {
  const domain = canonicalRegistryDomain(host ?? DOCKER_HUB);
  const official = domain === DOCKER_HUB && !path.includes('/');
  return { domain, path: official ? `library/${path}` : path };
}

function splitHost(name: string): { host?: string; path: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  // The rule of distribution/reference: what cannot be a host is a path on Docker Hub.
  const isHost = /[.:]/.test(first) || first === 'localhost';
  return isHost ? { host: first, path: name.slice(slash + 1) } : { path: name };
}

function problemOfName(
  host: string | undefined,
  path: string,
): ImageReferenceProblem | undefined {
  if (host !== undefined && !isRegistryHost(host)) {
    return 'malformedHost';
  }
  if (/[A-Z]/.test(path)) {
    return 'upperCasePath';
  }
  return isRepositoryPath(path) ? undefined : 'malformedPath';
}

function splitTag(text: string): { name: string; tag?: string } {
  const colon = text.lastIndexOf(':');
  // A colon before the last slash belongs to the port.
  return colon > text.lastIndexOf('/')
    ? { name: text.slice(0, colon), tag: text.slice(colon + 1) }
    : { name: text };
}

function refuse(reason: ImageReferenceProblem): ImageReferenceResult {
  return { ok: false, reason };
}

/**
 * Reads an image reference as container runtimes do.
 *
 * Never throws, and takes time linear in the length of the text, whatever the
 * text is. Hosts that are IPv6 literals are refused.
 *
 * @public
 */
export function parseImageReference(text: string): ImageReferenceResult {
  if (text === '') {
    return refuse('empty');
  }
  if (text.length > TEXT_MAX_LENGTH) {
    return refuse('tooLong');
  }
  if (text.startsWith('[')) {
    return refuse('ipv6Host');
  }
  if (BARE_IDENTIFIER.test(text) || parseDigest(text)) {
    return refuse('identifierWithoutRepository');
  }
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : parseDigest(text.slice(at + 1));
  if (at >= 0 && !digest) {
    return refuse('malformedDigest');
  }
  return parseNameAndTag(at < 0 ? text : text.slice(0, at), digest);
}

function parseNameAndTag(
  text: string,
  digest: Digest | undefined,
): ImageReferenceResult {
  const { name, tag } = splitTag(text);
  if (tag !== undefined && !isTag(tag)) {
    return refuse('malformedTag');
  }
  const split = splitHost(name);
  const problem = problemOfName(split.host, split.path);
  if (problem) {
    return refuse(problem);
  }
  const { domain, path } = normaliseRepository(split.host, split.path);
  const repository = `${domain}/${path}`;
  if (repository.length > REPOSITORY_MAX_LENGTH) {
    return refuse('tooLong');
  }
  const effectiveTag = tag ?? (digest ? undefined : 'latest');
  return {
    ok: true,
    reference: {
      domain,
      path,
      repository,
      ...(effectiveTag !== undefined && { tag: effectiveTag }),
      ...(digest && { digest }),
    },
  };
}

/**
 * Writes a reference in normal form; reading it again gives the same reference.
 *
 * @public
 */
export function formatImageReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.repository}${tag}${digest}`;
}
