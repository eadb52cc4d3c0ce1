import { parseImagePattern } from '../../model/imagePattern';
import { ContentTrustPin, TrustRootSpec } from '../types';
import { ContentTrustDocument } from './contentTrustSchema';
import { DocumentContext, readMaterial } from './readMaterial';
import { collectResults, ReadResult, refuse } from './readResult';

type Pin = ContentTrustDocument['pins'][string];

const PATH = ['spec', 'contentTrust', 'pins'];
const CERTIFICATES =
  /^\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;

/** Reads the `contentTrust` of a TrustRoot document; the module looks inside the certificates. */
export function readContentTrust(
  document: ContentTrustDocument,
  context: DocumentContext,
): ReadResult<TrustRootSpec> {
  const { server, pins, trustOnFirstUse } = document;
  const read = collectResults(
    Object.entries(pins).map(([pattern, pin]) =>
      readPin(pattern, pin, context),
    ),
  );
  return read.ok
    ? {
        ok: true,
        value: {
          type: 'contentTrust',
          server,
          pins: read.value,
          trustOnFirstUse,
        },
      }
    : read;
}

function readPin(
  pattern: string,
  pin: Pin,
  context: DocumentContext,
): ReadResult<ContentTrustPin> {
  const images = normalForm(pattern);
  if (pin.rootKeyIds) {
    const rootKeyIds = [...new Set(pin.rootKeyIds)];
    return { ok: true, value: { images, type: 'rootKeyIds', rootKeyIds } };
  }
  const path = [...PATH, pattern, 'ca'];
  // The schema has seen to it that one of the two is given.
  const read = readMaterial({ reference: pin.ca!, path, context });
  if (!read.ok) {
    return refuse(read.problem);
  }
  if (!CERTIFICATES.test(read.material.content)) {
    return refuse({
      code: 'documentValueInvalid',
      message: 'expected certificates in PEM and nothing else',
      path,
    });
  }
  return {
    ok: true,
    value: {
      images,
      type: 'certificateAuthority',
      certificateAuthority: read.material,
    },
  };
}

/** Names of Docker Hub are written in several ways; the schema has seen to it that it is a pattern. */
function normalForm(pattern: string): string {
  const parsed = parseImagePattern(pattern);
  return parsed.ok ? parsed.pattern.text : pattern;
}
