import { AlgorithmIdentifier, Attribute } from 'pkijs';
import { Refused } from '../Refused';
import { hashOf } from '../x509/signatureAlgorithms';

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
/** https://www.rfc-editor.org/rfc/rfc5035#section-3: the first version knows SHA-1 only and is not read. */
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const SEQUENCE = 16;
const TST_INFO = '1.2.840.113549.1.9.16.1.4';

/** An element of ASN.1, as far as it is looked at here. */
type Element = {
  idBlock: { tagNumber: number };
  valueBlock: {
    value?: Element[];
    valueHexView?: Uint8Array;
    toString(): string;
  };
};

/** What a timestamp authority signs beside the timestamp. */
export type SignedAttributeValues = {
  messageDigest: Buffer;
  certificateHash: { hash: string; digest: Buffer };
};

/**
 * Reads the attributes a timestamp must have signed (RFC 5652, section 11 and RFC 5816).
 *
 * @throws Refused
 */
export function readSignedAttributeValues(
  attributes: Attribute[],
): SignedAttributeValues {
  const contentType = only(attributes, CONTENT_TYPE);
  if (contentType.valueBlock.toString() !== TST_INFO) {
    throw invalid('it was signed as something else');
  }
  return {
    messageDigest: bytesOf(only(attributes, MESSAGE_DIGEST)),
    certificateHash: readCertificateHash(
      only(attributes, SIGNING_CERTIFICATE_V2),
    ),
  };
}

function only(attributes: Attribute[], type: string): Element {
  const found = attributes.filter(attribute => attribute.type === type);
  if (found.length !== 1 || found[0].values.length !== 1) {
    throw invalid(`expected the attribute "${type}" once`);
  }
  return found[0].values[0] as Element;
}

/** `SigningCertificateV2`: the first of its certificates is the signer's; SHA-256 unless it says otherwise. */
function readCertificateHash(
  attribute: Element,
): SignedAttributeValues['certificateHash'] {
  const parts =
    attribute.valueBlock.value?.[0]?.valueBlock.value?.[0]?.valueBlock.value;
  if (!parts || parts.length === 0) {
    throw invalid('it names no certificate');
  }
  const isDefault = parts[0].idBlock.tagNumber !== SEQUENCE;
  const hash = isDefault
    ? 'sha256'
    : hashOf(new AlgorithmIdentifier({ schema: parts[0] }));
  const digest = parts[isDefault ? 0 : 1];
  if (hash === undefined || !digest) {
    throw invalid('it names its certificate in a weak way');
  }
  return { hash, digest: bytesOf(digest) };
}

function bytesOf({ valueBlock }: Element): Buffer {
  if (!valueBlock.valueHexView) {
    throw invalid('expected bytes');
  }
  return Buffer.from(valueBlock.valueHexView);
}

function invalid(message: string): Refused {
  return new Refused('timestampInvalid', message);
}
