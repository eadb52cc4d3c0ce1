import { generateKeyPairSync } from 'node:crypto';
import {
  authorityExtensions,
  codeSigningExtensions,
  timestampingExtensions,
} from './certificateExtensions';
import { createTimestampToken } from './createTimestampToken';
import {
  IssuedCertificate,
  issueCertificate,
  NameParts,
} from './issueCertificate';

const DAY_MS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 365;

/**
 * @public
 */
export interface NotationAuthorityOptions {
  /** Everything is valid from an hour before it. */
  now: Date;
  /** Organization in every name. @defaultValue `Acme` */
  organization?: string;
}

/**
 * A throw-away certificate authority whose certificates sign images as `notation` does, with a timestamp authority.
 * @public
 */
export class NotationAuthority {
  readonly root: IssuedCertificate;
  readonly timestampRoot: IssuedCertificate;
  readonly #timestampSigner: IssuedCertificate;
  readonly #organization: string;
  readonly #now: Date;

  static create(options: NotationAuthorityOptions): NotationAuthority {
    return new NotationAuthority(options);
  }

  private constructor(options: NotationAuthorityOptions) {
    this.#now = options.now;
    this.#organization = options.organization ?? 'Acme';
    const period = this.#period(AUTHORITY_DAYS);
    this.root = issueCertificate({
      ...period,
      subject: this.#name('Root CA'),
      extensions: authorityExtensions(0),
    });
    this.timestampRoot = issueCertificate({
      ...period,
      subject: this.#name('Timestamp Root'),
      extensions: authorityExtensions(0),
    });
    this.#timestampSigner = issueCertificate({
      ...period,
      subject: this.#name('Timestamp Authority'),
      issuer: this.timestampRoot,
      extensions: timestampingExtensions(),
    });
  }

  /**
   * A certificate for signing images, and the chain it is used with.
   * @param validDays - how long it is valid
   */
  issueSigner(commonName: string, validDays = 90): IssuedCertificate[] {
    const leaf = issueCertificate({
      ...this.#period(validDays),
      subject: this.#name(commonName),
      issuer: this.root,
      keys: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      extensions: codeSigningExtensions(),
    });
    return [leaf, this.root];
  }

  /** Stamps bytes at a point in time. */
  timestamp(stamped: Buffer, time: Date): Buffer {
    return createTimestampToken({
      stamped,
      time,
      signer: this.#timestampSigner,
      certificates: [this.#timestampSigner, this.timestampRoot],
    });
  }

  #name(commonName: string): NameParts {
    return [
      ['C', 'US'],
      ['ST', 'WA'],
      ['O', this.#organization],
      ['CN', commonName],
    ];
  }

  #period(days: number): { notBefore: Date; notAfter: Date } {
    const start = this.#now.getTime() - DAY_MS / 24;
    return {
      notBefore: new Date(start),
      notAfter: new Date(start + days * DAY_MS),
    };
  }
}
