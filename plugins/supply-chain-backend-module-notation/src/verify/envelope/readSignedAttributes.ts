import { Refused } from '../Refused';
import { NotationAlgorithm, SignedAttributes, SigningScheme } from './envelope';

const PREFIX = 'io.cncf.notary.';
const SCHEME = `${PREFIX}signingScheme`;
const SIGNING_TIME = `${PREFIX}signingTime`;
const AUTHENTIC_SIGNING_TIME = `${PREFIX}authenticSigningTime`;
const EXPIRY = `${PREFIX}expiry`;
const PLUGIN = `${PREFIX}verificationPlugin`;
const PAYLOAD_TYPE = 'application/vnd.cncf.notary.payload.v1+json';

/** Headers that the formats themselves define; `crit` is about others. */
const REGISTERED = new Set(['alg', 'crit', 'cty']);
const UNDERSTOOD = new Set([SCHEME, AUTHENTIC_SIGNING_TIME, EXPIRY]);

/** The protected headers of an envelope by their names in JWS, read as far as the formats differ. */
export type ProtectedHeaders = {
  values: ReadonlyMap<string, unknown>;
  algorithm: NotationAlgorithm | undefined;
  readTime(value: unknown): Date | undefined;
};

/**
 * Reads what is signed beside the payload. Whatever a signer marks as critical must be understood, and whatever the
 * specification calls critical must be marked.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#signed-attributes
 *
 * @throws Refused
 */
export function readSignedAttributes(
  headers: ProtectedHeaders,
): SignedAttributes {
  const { values, algorithm } = headers;
  const critical = readCritical(values);
  const scheme = readScheme(values);
  const isAuthority = scheme === 'notary.x509.signingAuthority';
  requireCritical(values, critical, [
    SCHEME,
    ...(isAuthority ? [AUTHENTIC_SIGNING_TIME] : []),
    ...(values.has(EXPIRY) ? [EXPIRY] : []),
  ]);
  if (values.has(isAuthority ? SIGNING_TIME : AUTHENTIC_SIGNING_TIME)) {
    throw malformed('it has the time of the other signing scheme');
  }
  if (values.get('cty') !== PAYLOAD_TYPE) {
    throw new Refused('malformedPayload', `expected "${PAYLOAD_TYPE}"`);
  }
  const signingTime = readTime(
    headers,
    isAuthority ? AUTHENTIC_SIGNING_TIME : SIGNING_TIME,
  );
  const expiry = values.has(EXPIRY) ? readTime(headers, EXPIRY) : undefined;
  if (expiry && expiry <= signingTime) {
    throw malformed('it ends before it begins');
  }
  if (!algorithm) {
    throw new Refused('unsupportedAlgorithm', 'the algorithm is not known');
  }
  return { scheme, signingTime, algorithm, ...(expiry && { expiry }) };
}

function readCritical(values: ReadonlyMap<string, unknown>): Set<string> {
  if (values.has(PLUGIN) || values.has(`${PLUGIN}MinVersion`)) {
    throw new Refused('pluginRequired', 'a plugin must verify it');
  }
  const list = values.get('crit');
  if (!Array.isArray(list) || list.length === 0) {
    throw malformed('expected a list of critical attributes');
  }
  const critical = new Set<unknown>(list);
  const isWellFormed = list.every(
    name =>
      typeof name === 'string' && !REGISTERED.has(name) && values.has(name),
  );
  if (!isWellFormed || critical.size < list.length) {
    throw malformed('the list of critical attributes is not well-formed');
  }
  const unknown = list.find(name => !UNDERSTOOD.has(name));
  if (unknown !== undefined) {
    throw new Refused(
      'unsupportedCriticalAttribute',
      `the critical attribute "${unknown}" is not known`,
    );
  }
  return critical as Set<string>;
}

function readScheme(values: ReadonlyMap<string, unknown>): SigningScheme {
  const scheme = values.get(SCHEME);
  switch (scheme) {
    case 'notary.x509':
    case 'notary.x509.signingAuthority':
      return scheme;
    case undefined:
      throw malformed('it has no signing scheme');
    default:
      throw new Refused(
        'unsupportedCriticalAttribute',
        `the signing scheme "${scheme}" is not known`,
      );
  }
}

function requireCritical(
  values: ReadonlyMap<string, unknown>,
  critical: ReadonlySet<string>,
  names: string[],
): void {
  const missing = names.find(name => !values.has(name) || !critical.has(name));
  if (missing !== undefined) {
    throw malformed(`expected "${missing}", marked as critical`);
  }
}

function readTime(
  { values, readTime: read }: ProtectedHeaders,
  name: string,
): Date {
  const time = read(values.get(name));
  if (!time || Number.isNaN(time.getTime())) {
    throw malformed(`expected a point in time as "${name}"`);
  }
  return time;
}

function malformed(message: string): Refused {
  return new Refused('malformedEnvelope', message);
}
