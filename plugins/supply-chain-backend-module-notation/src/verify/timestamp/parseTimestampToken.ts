import {
  AlgorithmIdentifier,
  ContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerInfo,
  TSTInfo,
} from 'pkijs';
import { Refused } from '../Refused';
import { Certificate } from '../x509/Certificate';
import { isReasonableDer } from '../x509/isReasonableDer';
import { readSignedAttributeValues } from './readSignedAttributeValues';

/** A token brings some thousand bytes of certificates. */
const TOKEN_MAX_BYTES = 64 * 1024;
const CERTIFICATES_MAX = 16;

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';

/** A TimeStampToken, read; nothing in it is believed yet. */
export type TimestampToken = {
  info: TSTInfo;
  /** DER of `info`: what the signature is over, by its digest. */
  content: Buffer;
  certificates: Certificate[];
  signer: {
    issuerDer: Buffer;
    serialNumber: Buffer;
    digestAlgorithm: AlgorithmIdentifier;
    signatureAlgorithm: AlgorithmIdentifier;
    signature: Buffer;
    /** DER of the signed attributes: what the signature is over. */
    signedDer: Buffer;
    /** Digest of the content, as signed. */
    messageDigest: Buffer;
    /** SHA-2 of the signer's certificate, as signed. */
    certificateHash: { hash: string; digest: Buffer };
  };
};

/**
 * Reads a TimeStampToken (RFC 3161, section 2.4.2): one signer, its attributes signed, its certificate named by hash.
 *
 * @throws Refused, or whatever the library throws
 */
export function parseTimestampToken(der: Buffer): TimestampToken {
  if (der.length > TOKEN_MAX_BYTES || !isReasonableDer(der)) {
    throw new Refused('timestampInvalid', 'expected a token in DER');
  }
  const outer = ContentInfo.fromBER(der);
  if (outer.contentType !== SIGNED_DATA) {
    throw new Refused('timestampInvalid', 'expected signed data');
  }
  const data = new SignedData({ schema: outer.content });
  const { eContentType, eContent } = data.encapContentInfo;
  if (eContentType !== TST_INFO || !eContent) {
    throw new Refused('timestampInvalid', 'expected a timestamp');
  }
  const content = Buffer.from(eContent.getValue());
  if (!isReasonableDer(content) || data.signerInfos.length !== 1) {
    throw new Refused(
      'timestampInvalid',
      'expected one timestamp, signed once',
    );
  }
  return {
    info: TSTInfo.fromBER(content),
    content,
    certificates: readCertificates(outer),
    signer: readSigner(data.signerInfos[0]),
  };
}

function readSigner(signer: SignerInfo): TimestampToken['signer'] {
  const { sid, signedAttrs } = signer;
  if (!(sid instanceof IssuerAndSerialNumber) || !signedAttrs) {
    throw new Refused('timestampInvalid', 'expected a signer with attributes');
  }
  return {
    issuerDer: Buffer.from(sid.issuer.valueBeforeDecode),
    serialNumber: Buffer.from(sid.serialNumber.valueBlock.valueHexView),
    digestAlgorithm: signer.digestAlgorithm,
    signatureAlgorithm: signer.signatureAlgorithm,
    signature: Buffer.from(signer.signature.valueBlock.valueHexView),
    signedDer: Buffer.from(signedAttrs.encodedValue),
    ...readSignedAttributeValues(signedAttrs.attributes),
  };
}

/** An element of ASN.1, as far as it is looked at here. */
type Element = {
  idBlock: { tagClass: number; tagNumber: number };
  valueBlock: { value?: Element[] };
  valueBeforeDecodeView: Uint8Array;
};

/** Certificates by their own bytes: written anew by the library they could differ from what was signed. */
function readCertificates({ content }: ContentInfo): Certificate[] {
  const parts = (content as Element).valueBlock.value ?? [];
  const set = parts.find(
    ({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0,
  );
  const elements = set?.valueBlock.value ?? [];
  if (elements.length > CERTIFICATES_MAX) {
    throw new Refused('timestampInvalid', 'expected fewer certificates');
  }
  return elements.map(element =>
    Certificate.read(element.valueBeforeDecodeView),
  );
}
