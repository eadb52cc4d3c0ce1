import { open } from 'node:fs/promises';
import { ClusterReadError } from '../ClusterReadError';
import { Material } from './DirectCluster';

/** A bundle of every public authority is a quarter of this. */
const MATERIAL_MAX_BYTES = 1024 * 1024;

/**
 * The text of a secret or certificate, as it is now.
 *
 * @throws ClusterReadError when its file cannot be read; the message names the setting and never what stands in it.
 *
 * @internal
 */
export async function readMaterial(
  material: Material,
  /** The setting, for messages. */
  name: string,
): Promise<string> {
  if ('text' in material) {
    return material.text;
  }
  const text = await readUpToLimit(material.file, name);
  if (text.trim() === '') {
    throw unreadable(name, 'is empty');
  }
  return text;
}

/**
 * The token of a service account, as it is now.
 *
 * @throws ClusterReadError when it cannot be read, or cannot stand in a header.
 *
 * @internal
 */
export async function readToken(material: Material): Promise<string> {
  const name = 'serviceAccountTokenFile';
  const token = (await readMaterial(material, name)).trim();
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw unreadable(name, 'holds no token');
  }
  return token;
}

async function readUpToLimit(file: string, name: string): Promise<string> {
  let handle;
  try {
    handle = await open(file, 'r');
    const buffer = Buffer.alloc(MATERIAL_MAX_BYTES + 1);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    if (bytesRead > MATERIAL_MAX_BYTES) {
      throw unreadable(name, `is larger than ${MATERIAL_MAX_BYTES} bytes`);
    }
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    if (error instanceof ClusterReadError) {
      throw error;
    }
    const { code } = error as NodeJS.ErrnoException;
    throw unreadable(name, `cannot be read (${code ?? 'no such file'})`, error);
  } finally {
    await handle?.close();
  }
}

function unreadable(
  name: string,
  what: string,
  cause?: unknown,
): ClusterReadError {
  return new ClusterReadError(
    'clusterCredentialUnreadable',
    `what '${name}' names ${what}`,
    { cause },
  );
}
