import { parseJsonObject } from './parseJsonObject';
import { RegistrySession } from './RegistrySession';
import {
  registryFailure,
  RegistryResult,
  registryValue,
} from './registryResult';
import { TransportResponse } from './RegistryTransport';

/**
 * One file of the trust data of a repository.
 *
 * @public
 */
export interface TrustMetadataRequest {
  /** Origin of the Notary server. */
  server: string;
  /** Globally unique name of the collection: the repository, host first. */
  gun: string;
  /** Name of the file without `.json`: `root`, `3.root`, `targets/releases`, `snapshot.<sha256 hex>`. */
  file: string;
  maxBytes: number;
}

// What Notary allows in names of roles, with a number before or a hash behind; nothing in it leads to another path.
const FILE_NAME = /^[a-z0-9_-]+(?:[./][a-z0-9_-]+)*$/;

/**
 * Reads one file; the repository of the session is the collection.
 *
 * https://github.com/notaryproject/notary/blob/v0.7.0/server/server.go
 */
export async function fetchTrustMetadata(
  session: RegistrySession,
  { server, file, maxBytes }: TrustMetadataRequest,
): Promise<RegistryResult<Uint8Array>> {
  if (!FILE_NAME.test(file)) {
    return registryFailure(
      'referenceUnreadable',
      `"${file}" is no file of trust data`,
    );
  }
  const target = new URL(`/v2/${session.path}/_trust/tuf/${file}.json`, server);
  const response = await session.request({
    target,
    accept: 'application/json',
    maxBytes,
  });
  if (!response.ok) {
    return response;
  }
  if (response.value.status === 200) {
    return readFile(response.value);
  }
  return isNotaryNotFound(response.value)
    ? registryFailure('notFound', `the server has no "${file}"`, {
        status: 404,
      })
    : session.failure(response.value);
}

/** Notary names no content type that would tell anything; a page says that something else answered. */
function readFile(response: TransportResponse): RegistryResult<Uint8Array> {
  const contentType = response.header('content-type') ?? '';
  return /\bhtml\b/i.test(contentType)
    ? registryFailure(
        'wrongContentType',
        `expected trust data, got "${contentType}"`,
        { status: 200 },
      )
    : registryValue(response.body);
}

/**
 * Whether a Notary server itself says that it holds no such file. It does so after it has let the request pass, which
 * proves access (L5); a page of something in between does not.
 */
function isNotaryNotFound(response: TransportResponse): boolean {
  if (response.status !== 404 || response.crossOrigin) {
    return false;
  }
  const { errors } = parseJsonObject(response.body) ?? {};
  const codes: unknown[] = Array.isArray(errors)
    ? errors.map(error => error?.code)
    : [];
  return codes.includes('METADATA_NOT_FOUND');
}
