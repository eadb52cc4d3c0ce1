import { realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import {
  parsePolicyDocuments,
  PolicyBundle,
} from 'backstage-plugin-supply-chain-common';
import { readLimited } from './readLimited';

const MAX_FILE_BYTES = 1024 * 1024; // L28
const FETCH_TIMEOUT_MS = 10_000;

/**
 * Where policy documents stand.
 *
 * @public
 */
export type PolicySource =
  | { type: 'file'; path: string }
  | { type: 'url'; url: string };

/**
 * The text form of a source, for messages and as its key.
 *
 * @public
 */
export function policySourceName(source: PolicySource): string {
  return source.type === 'file' ? source.path : source.url;
}

/**
 * Reads the documents of a source with the files they name, from disk or by https.
 * What a document may name is decided by the parser; a link that leads outside its folder is refused here (L28).
 *
 * @throws Error when the document itself cannot be read; a file it names that cannot be read is left out,
 * and parsing the bundle then says so.
 * @public
 */
export async function readPolicyBundle(
  source: PolicySource,
  options: { signal?: AbortSignal } = {},
): Promise<PolicyBundle> {
  if (source.type === 'url') {
    return {
      source: source.url,
      fromUrl: true,
      text: await fetchText(source.url, options.signal),
      files: {},
    };
  }
  const text = (await readLimited(source.path, MAX_FILE_BYTES)).toString(
    'utf8',
  );
  return {
    source: source.path,
    fromUrl: false,
    text,
    files: await readNamedFiles(source.path, text),
  };
}

async function readNamedFiles(
  documentPath: string,
  text: string,
): Promise<Record<string, string>> {
  const folder = await realpath(dirname(documentPath));
  const files: Record<string, string> = {};
  for (const name of namedFiles(documentPath, text)) {
    const content = await readContained(folder, name);
    if (content !== undefined) {
      files[name] = content;
    }
  }
  return files;
}

// The parser knows which files a document names; what it asks for in a dry run is what is read.
function namedFiles(source: string, text: string): Set<string> {
  const names = new Set<string>();
  parsePolicyDocuments({
    source,
    fromUrl: false,
    text,
    readFile: path => {
      names.add(path);
      return { ok: false, message: 'not read yet' };
    },
  });
  return names;
}

async function readContained(
  folder: string,
  name: string,
): Promise<string | undefined> {
  try {
    const path = await realpath(join(folder, name));
    return path.startsWith(`${folder}${sep}`)
      ? (await readLimited(path, MAX_FILE_BYTES)).toString('utf8')
      : undefined;
  } catch {
    // Left out of the bundle: parsing it reports `documentFileMissing` with the place in the document.
    return undefined;
  }
}

async function fetchText(url: string, signal?: AbortSignal): Promise<string> {
  if (new URL(url).protocol !== 'https:') {
    throw new Error(`'${url}' is refused: expected an https address`);
  }
  const timeout = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const response = await fetch(url, {
    redirect: 'error',
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  if (!response.ok || !response.body) {
    throw new Error(`'${url}' answered with status ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > MAX_FILE_BYTES) {
      throw new Error(
        `'${url}' is too large: expected at most ${MAX_FILE_BYTES} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
