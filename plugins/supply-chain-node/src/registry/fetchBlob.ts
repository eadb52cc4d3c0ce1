import { RegistryDescriptor } from './parseDescriptor';
import { hasDigest } from './readManifest';
import { RegistrySession } from './RegistrySession';
import {
  registryFailure,
  RegistryResult,
  registryValue,
} from './registryResult';

/** Reads the bytes a descriptor describes: exactly as many, with exactly its digest. */
export async function fetchBlob(
  session: RegistrySession,
  options: {
    descriptor: Pick<RegistryDescriptor, 'digest' | 'size'>;
    maxBytes: number;
  },
): Promise<RegistryResult<Uint8Array>> {
  const { digest, size } = options.descriptor;
  if (size > options.maxBytes) {
    return registryFailure(
      'tooLarge',
      `expected at most ${options.maxBytes} bytes, got a descriptor of ${size}`,
    );
  }
  const response = await session.get({
    target: `/v2/${session.path}/blobs/${digest}`,
    accept: '*/*',
    maxBytes: size,
  });
  if (!response.ok) {
    // More bytes than described are other bytes than described.
    return response.reason === 'tooLarge'
      ? registryFailure(
          'digestMismatch',
          `expected ${size} bytes of "${digest}", got more`,
        )
      : response;
  }
  const bytes = response.value.body;
  return bytes.length === size && hasDigest(bytes, digest)
    ? registryValue(bytes)
    : registryFailure(
        'digestMismatch',
        `expected ${size} bytes of "${digest}", got ${bytes.length} others`,
      );
}
