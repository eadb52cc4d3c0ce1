import { createHash, KeyObject, X509Certificate } from 'node:crypto';
import {
  BasicConstraints,
  Certificate as ParsedCertificate,
  ExtKeyUsage,
  Extension,
} from 'pkijs';
import { Refused } from '../Refused';
import { isReasonableDer } from './isReasonableDer';
import { KeyUsage, readKeyUsage } from './keyUsage';
import { signatureKindOf } from './signatureAlgorithms';

/** Certificates have one or two thousand bytes. */
const CERTIFICATE_MAX_BYTES = 32 * 1024;
const VERSION_3 = 2;

/** Reading one takes milliseconds, and an organisation signs with a handful; the oldest goes first. */
const CACHE_MAX_ENTRIES = 64;
const cache = new Map<string, Certificate>();

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';

/** Attributes of a subject as they stand in the certificate. */
export type SubjectAttribute = { oid: string; value: string | undefined };

/** Types of strings that reference clients read as text: https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.4 */
const STRINGS = new Set(['Utf8String', 'PrintableString', 'IA5String']);

/** A certificate, read by two libraries: Node's verifies signatures, the other one knows extensions. */
export class Certificate {
  readonly der: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly #node: X509Certificate;
  readonly #parsed: ParsedCertificate;

  /**
   * Reads DER and nothing beside it.
   *
   * @throws Refused
   */
  static read(der: Uint8Array): Certificate {
    if (der.length > CERTIFICATE_MAX_BYTES || !isReasonableDer(der)) {
      throw new Refused(
        'certificateInvalid',
        'expected one certificate in DER',
      );
    }
    const key = createHash('sha256').update(der).digest('base64');
    const certificate = cache.get(key) ?? Certificate.#readAnew(der);
    if (!cache.has(key) && cache.size >= CACHE_MAX_ENTRIES) {
      cache.delete(cache.keys().next().value as string);
    }
    cache.set(key, certificate);
    return certificate;
  }

  static #readAnew(der: Uint8Array): Certificate {
    try {
      return new Certificate(Buffer.from(der));
    } catch (error) {
      throw error instanceof Refused
        ? error
        : new Refused('certificateInvalid', (error as Error).message);
    }
  }

  private constructor(der: Buffer) {
    this.der = der;
    this.#node = new X509Certificate(der);
    this.#parsed = ParsedCertificate.fromBER(der);
    this.notBefore = this.#parsed.notBefore.value;
    this.notAfter = this.#parsed.notAfter.value;
    const names = new Set(this.#extensions.map(({ extnID }) => extnID));
    const isWellFormed =
      this.#node.raw.equals(der) &&
      this.#parsed.version === VERSION_3 &&
      names.size === this.#extensions.length &&
      this.#parsed.signature.algorithmId ===
        this.#parsed.signatureAlgorithm.algorithmId;
    if (!isWellFormed) {
      throw new Refused('certificateInvalid', 'expected version 3 of X.509');
    }
    if (!signatureKindOf(this.#parsed.signatureAlgorithm)) {
      throw new Refused('unsupportedAlgorithm', 'it was signed in a weak way');
    }
  }

  /**
   * The key it certifies.
   *
   * @throws Refused
   */
  get publicKey(): KeyObject {
    try {
      return this.#node.publicKey;
    } catch (error) {
      throw new Refused('unsupportedAlgorithm', (error as Error).message);
    }
  }

  /** `sha256:` and the hex SHA-256 of the DER. */
  get fingerprint(): string {
    return `sha256:${createHash('sha256').update(this.der).digest('hex')}`;
  }

  get subjectAttributes(): SubjectAttribute[] {
    return this.#parsed.subject.typesAndValues.map(({ type, value }) => ({
      oid: type,
      value: STRINGS.has(value.constructor.name)
        ? String(value.valueBlock.value)
        : undefined,
    }));
  }

  get basicConstraints():
    | { critical: boolean; isAuthority: boolean; pathLength?: number }
    | undefined {
    const extension = this.#extension(BASIC_CONSTRAINTS);
    if (!extension) {
      return undefined;
    }
    const { cA, pathLenConstraint } = parsedAs(extension, BasicConstraints);
    return {
      critical: extension.critical,
      isAuthority: cA,
      ...(pathLenConstraint !== undefined && {
        // Too large for a number: as good as no limit.
        pathLength:
          typeof pathLenConstraint === 'number' ? pathLenConstraint : Infinity,
      }),
    };
  }

  get keyUsage(): { critical: boolean; usages: Set<KeyUsage> } | undefined {
    const extension = this.#extension(KEY_USAGE);
    return (
      extension && {
        critical: extension.critical,
        usages: readKeyUsage(extension.parsedValue),
      }
    );
  }

  get extendedKeyUsage():
    | { critical: boolean; purposes: string[] }
    | undefined {
    const extension = this.#extension(EXTENDED_KEY_USAGE);
    return (
      extension && {
        critical: extension.critical,
        purposes: parsedAs(extension, ExtKeyUsage).keyPurposes,
      }
    );
  }

  /** Object identifiers of the extensions that must not be ignored. */
  get criticalExtensions(): string[] {
    return this.#extensions
      .filter(({ critical }) => critical)
      .map(({ extnID }) => extnID);
  }

  get isSelfSigned(): boolean {
    return this.isIssuedBy(this);
  }

  /** Whether the other certificate's name and key stand behind this one. */
  isIssuedBy(issuer: Certificate): boolean {
    return (
      issuer.subjectDer.equals(this.issuerDer) &&
      this.#node.verify(issuer.publicKey)
    );
  }

  isSameAs(other: Certificate): boolean {
    return this.der.equals(other.der);
  }

  /** Whether it is valid during the whole of a period; both ends of its own are part of it. */
  isValidBetween(from: Date, to: Date): boolean {
    return this.notBefore <= from && to <= this.notAfter;
  }

  get subjectDer(): Buffer {
    return Buffer.from(this.#parsed.subject.valueBeforeDecode);
  }

  get issuerDer(): Buffer {
    return Buffer.from(this.#parsed.issuer.valueBeforeDecode);
  }

  get serialNumber(): Buffer {
    return Buffer.from(this.#parsed.serialNumber.valueBlock.valueHexView);
  }

  get #extensions(): Extension[] {
    return this.#parsed.extensions ?? [];
  }

  #extension(oid: string): Extension | undefined {
    return this.#extensions.find(({ extnID }) => extnID === oid);
  }
}

function parsedAs<T extends object>(
  { parsedValue, extnID }: Extension,
  type: abstract new (...args: never[]) => T,
): T {
  // The library gives an empty value with a note where it could not read one.
  if (!(parsedValue instanceof type) || 'parsingError' in parsedValue) {
    throw new Refused('certificateInvalid', `"${extnID}" cannot be read`);
  }
  return parsedValue;
}
