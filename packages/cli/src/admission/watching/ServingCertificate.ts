import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { FileWatch } from './FileWatch';

const DAY_MS = 24 * 60 * 60 * 1000;
const WARN_DAYS: readonly number[] = [1, 7, 30];

/** Where certificate and key stand, and how they are used. */
export type CertificateFiles = {
  certFile: string;
  keyFile: string;
  /** Authorities of the API server's client certificate; absent: nobody has to show one. */
  clientCaFile?: string;
};

/** What a TLS server is given. */
export type CertificateMaterial = { cert: string; key: string; ca?: string };

/** Options of {@link ServingCertificate}. */
export type ServingCertificateOptions = {
  files: CertificateFiles;
  now(): Date;
  logger: { info(message: string): void; warn(message: string): void };
  onReload?(result: 'ok' | 'servingCertificateUnusable'): void;
};

/** The certificate of the webhook. A new one that cannot be used leaves the old one in use. */
export class ServingCertificate {
  readonly #options: ServingCertificateOptions;
  readonly #watch = new FileWatch();
  #material: CertificateMaterial;
  #validTo: Date;
  /** The lowest threshold a warning was given for. */
  #warnedDays = Infinity;

  /** @throws Error when there is none that can be used. */
  static async read(
    options: ServingCertificateOptions,
  ): Promise<ServingCertificate> {
    const { files, now } = options;
    const certificate = new ServingCertificate(
      options,
      await readMaterial(files, now()),
    );
    await certificate.#watch.changed(pathsOf(files));
    certificate.warnOfExpiry();
    return certificate;
  }

  private constructor(
    options: ServingCertificateOptions,
    { material, validTo }: Usable,
  ) {
    this.#options = options;
    this.#material = material;
    this.#validTo = validTo;
  }

  get material(): CertificateMaterial {
    return this.#material;
  }

  /** Days until it expires, negative afterwards. */
  get daysLeft(): number {
    return (this.#validTo.getTime() - this.#options.now().getTime()) / DAY_MS;
  }

  /** Reads the files again when they changed; says whether there is a new certificate to use. */
  async reload(): Promise<boolean> {
    const { files, now, logger, onReload } = this.#options;
    if (!(await this.#watch.changed(pathsOf(files)))) {
      return false;
    }
    try {
      const { material, validTo } = await readMaterial(files, now());
      this.#material = material;
      this.#validTo = validTo;
      this.#warnedDays = Infinity;
      logger.info(
        `a new certificate is in use, valid until ${format(validTo)}`,
      );
      onReload?.('ok');
      return true;
    } catch (error) {
      logger.warn(
        `servingCertificateUnusable: ${
          (error as Error).message
        }; the one that is valid until ${format(this.#validTo)} stays in use`,
      );
      onReload?.('servingCertificateUnusable');
      return false;
    }
  }

  /** Warns once when 30, 7 and 1 days are left, and when it has expired. */
  warnOfExpiry(): void {
    const { daysLeft } = this;
    const threshold =
      daysLeft <= 0 ? 0 : WARN_DAYS.find(days => daysLeft <= days);
    if (threshold !== undefined && threshold < this.#warnedDays) {
      this.#warnedDays = threshold;
      this.#options.logger.warn(
        `servingCertificateExpires: the certificate ${
          daysLeft <= 0 ? 'expired' : 'expires'
        } at ${format(this.#validTo)}`,
      );
    }
  }
}

type Usable = { material: CertificateMaterial; validTo: Date };

function pathsOf({ certFile, keyFile, clientCaFile }: CertificateFiles) {
  return [certFile, keyFile, ...(clientCaFile ? [clientCaFile] : [])];
}

async function readMaterial(
  { certFile, keyFile, clientCaFile }: CertificateFiles,
  now: Date,
): Promise<Usable> {
  const cert = await readFile(certFile, 'utf8');
  const key = await readFile(keyFile, 'utf8');
  const ca = clientCaFile ? await readFile(clientCaFile, 'utf8') : undefined;
  const leaf = parse(certFile, () => new X509Certificate(cert));
  const privateKey = parse(keyFile, () => createPrivateKey(key));
  if (!leaf.checkPrivateKey(privateKey)) {
    throw new Error(`"${keyFile}" is not the key of "${certFile}"`);
  }
  const validTo = new Date(leaf.validTo);
  if (validTo <= now) {
    throw new Error(`"${certFile}" expired at ${format(validTo)}`);
  }
  const material = { cert, key, ...(ca !== undefined && { ca }) };
  parse(certFile, () => createSecureContext(material));
  return { material, validTo };
}

/** The messages of OpenSSL name no file. */
function parse<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`"${file}" cannot be used: ${(error as Error).message}`);
  }
}

function format(date: Date): string {
  return date.toISOString();
}
