import { ASN1Obj } from '@sigstore/core';
import {
  FULCIO_EXTENSION_NAMES,
  Signer,
} from 'backstage-plugin-supply-chain-common';
import { LeafCertificate } from './LeafCertificate';
import { Refused } from './Refused';

/** The identity a certificate was issued to. */
export type CertificateIdentity = Extract<Signer, { type: 'identity' }>;

const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
/** https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
const FULCIO = '1.3.6.1.4.1.57264.1';
const FULCIO_OTHER_NAME = `${FULCIO}.7`;
const ISSUER_ARC = 8;
const OLD_ISSUER_ARC = 1;
/** Up to here the value is the text itself, above it is a DER UTF8String. */
const LAST_RAW_ARC = 6;
const UTF8_STRING_TAG = 0x0c;

/** RFC 5280, section 4.2.1.6: the kinds of names signers have. */
const OTHER_NAME = 0;
const PLAIN_NAMES = [1 /* e-mail */, 2 /* DNS */, 6 /* URI */];

const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;
// Anything that looks like something else when it is shown or compared.
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Reads the identity of a certificate. Exactly one subject alternative name: of several, the one that was checked need
 * not be the one that was meant.
 *
 * @throws Refused
 */
export function readIdentity(leaf: LeafCertificate): CertificateIdentity {
  const subject = readSubject(leaf);
  const extensions: Record<string, string> = {};
  const issuers: string[] = [];
  for (const [arcText, name] of Object.entries(FULCIO_EXTENSION_NAMES)) {
    const arc = Number(arcText);
    const value = readExtension(leaf, arc);
    if (value === undefined) {
      continue;
    }
    if (arc === ISSUER_ARC || arc === OLD_ISSUER_ARC) {
      issuers.push(value);
    } else {
      extensions[name] = value;
    }
  }
  if (new Set(issuers).size > 1) {
    throw unsuitable('its two issuer extensions differ');
  }
  return {
    type: 'identity',
    ...(issuers.length > 0 && { issuer: issuers[0] }),
    subject,
    extensions,
  };
}

function readSubject(leaf: LeafCertificate): string {
  const names =
    leaf.extension(SUBJECT_ALTERNATIVE_NAME)?.valueObj.subs[0]?.subs ?? [];
  if (names.length !== 1) {
    throw unsuitable(
      `expected one subject alternative name, got ${names.length}`,
    );
  }
  const [name] = names;
  if (name.tag.isContextSpecific(OTHER_NAME)) {
    return readOtherName(name);
  }
  const text = name.value.toString('latin1');
  if (
    !PLAIN_NAMES.some(kind => name.tag.isContextSpecific(kind)) ||
    !PRINTABLE_ASCII.test(text)
  ) {
    throw unsuitable('its subject alternative name is of an unknown kind');
  }
  return text;
}

/** A user name: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md#1361415726417--othername-san */
function readOtherName(name: ASN1Obj): string {
  const [type, value] = name.subs;
  if (type?.toOID() !== FULCIO_OTHER_NAME || value?.subs.length !== 1) {
    throw unsuitable('its subject alternative name is of an unknown kind');
  }
  return readUtf8String(value.subs[0]);
}

function readExtension(leaf: LeafCertificate, arc: number): string | undefined {
  const extension = leaf.extension(`${FULCIO}.${arc}`);
  if (!extension) {
    return undefined;
  }
  const { value } = extension;
  if (arc <= LAST_RAW_ARC) {
    return readText(value);
  }
  return readUtf8String(ASN1Obj.parseBuffer(Buffer.from(value)));
}

function readUtf8String(object: ASN1Obj): string {
  const tag = object.toDER()[0];
  if (tag !== UTF8_STRING_TAG) {
    throw unsuitable(`expected a UTF8String, got tag ${tag}`);
  }
  return readText(object.value);
}

function readText(bytes: Buffer): string {
  const text = decodeUtf8(bytes);
  if (text === undefined || CONTROL.test(text)) {
    throw unsuitable('a text in it holds characters that cannot be shown');
  }
  return text;
}

function decodeUtf8(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

function unsuitable(message: string): Refused {
  return new Refused('certificateUnsuitable', message);
}
