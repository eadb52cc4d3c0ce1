import { Material, TrustKey } from '../types';
import {
  DocumentContext,
  MaterialReference,
  readMaterial,
} from './readMaterial';
import { ReadResult, refuse } from './readResult';
import { TrustedRootReference, TrustRootSpecDocument } from './trustRootSchema';

const TRUSTED_ROOT_MEDIA_TYPE = 'application/vnd.dev.sigstore.trustedroot';

const PUBLIC_KEY =
  /^\s*-----BEGIN (?:RSA |EC )?PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END (?:RSA |EC )?PUBLIC KEY-----\s*$/;

/** Reads one key of a trust root; node/trust looks inside it. */
export function readKey(options: {
  key: NonNullable<TrustRootSpecDocument['keys']>[number];
  path: (string | number)[];
  context: DocumentContext;
}): ReadResult<TrustKey> {
  const { key, path, context } = options;
  const { file, inline, ...period } = key;
  const read = readMaterial({
    reference: referenceOf(file, inline),
    path,
    context,
  });
  if (!read.ok) {
    return refuse(read.problem);
  }
  const { content } = read.material;
  if (!PUBLIC_KEY.test(content)) {
    const got = content.includes('PRIVATE KEY')
      ? 'a private key; keep it out of policy files'
      : 'something else';
    const message = `expected one public key in PEM, got ${got}`;
    return refuse({ code: 'keyUnreadable', message, path });
  }
  return { ok: true, value: { material: read.material, ...period } };
}

/** The schema has seen to it that one of the two is given. */
function referenceOf(
  file: string | undefined,
  inline: string | undefined,
): MaterialReference {
  return inline !== undefined ? { inline } : { file: file! };
}

/** Reads the trusted root of a trust root; node/trust looks inside it. */
export function readTrustedRoot(options: {
  reference: TrustedRootReference;
  path: (string | number)[];
  context: DocumentContext;
}): ReadResult<Material> {
  const { reference, path, context } = options;
  const read = reference.tuf
    ? readTuf({ tuf: reference.tuf, path: [...path, 'tuf'], context })
    : readJson({ reference, path, context });
  if (!read.ok) {
    return read;
  }
  return isTrustedRoot(read.value.content)
    ? read
    : refuse({
        code: 'trustedRootUnreadable',
        message: `expected JSON with a "mediaType" that begins with "${TRUSTED_ROOT_MEDIA_TYPE}"`,
        path,
      });
}

function readJson(options: {
  reference: { file?: string; inline?: unknown };
  path: (string | number)[];
  context: DocumentContext;
}): ReadResult<Material> {
  const { reference, path, context } = options;
  const { file, inline } = reference;
  const text = typeof inline === 'string' ? inline : JSON.stringify(inline);
  const read = readMaterial({
    reference: referenceOf(file, text),
    path,
    context,
  });
  return read.ok ? { ok: true, value: read.material } : refuse(read.problem);
}

/** What was fetched before; nothing is fetched here. */
function readTuf(options: {
  tuf: NonNullable<TrustedRootReference['tuf']>;
  path: (string | number)[];
  context: DocumentContext;
}): ReadResult<Material> {
  const { tuf, path, context } = options;
  const { mirror } = tuf;
  const root = readJson({
    reference: tuf.root,
    path: [...path, 'root'],
    context,
  });
  if (!root.ok) {
    return root;
  }
  const target = context.readTuf?.({ mirror, root: root.value.content });
  if (!target) {
    return refuse({
      code: 'tufUnreachable',
      message: `the trusted root has not been fetched from "${mirror}"`,
      path,
    });
  }
  const { checkedAt, expiresAt } = target.receipt;
  return {
    ok: true,
    value: {
      content: target.content,
      source: mirror,
      tuf: { mirror, checkedAt, expiresAt },
    },
  };
}

function isTrustedRoot(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    const mediaType =
      typeof value === 'object' && value !== null && 'mediaType' in value
        ? value.mediaType
        : undefined;
    return (
      typeof mediaType === 'string' &&
      mediaType.startsWith(TRUSTED_ROOT_MEDIA_TYPE)
    );
  } catch {
    // `JSON.parse` has no other way to say that the text is no JSON; the caller reports it.
    return false;
  }
}
