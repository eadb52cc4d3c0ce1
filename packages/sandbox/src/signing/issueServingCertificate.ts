import { issueCertificate } from './notation';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A certificate for a server on 127.0.0.1 that is its own authority, as PEM.
 * @public
 */
export function issueServingCertificate(
  options: { days?: number; now?: Date } = {},
): { certificate: string; key: string } {
  const { days = 90, now = new Date() } = options;
  const { pem, privateKey } = issueCertificate({
    subject: [['CN', 'webhook']],
    notBefore: new Date(now.getTime() - 100 * DAY_MS),
    notAfter: new Date(now.getTime() + days * DAY_MS),
    extensions: [
      {
        // https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6: iPAddress 127.0.0.1
        oid: '2.5.29.17',
        critical: false,
        value: Buffer.from('300687047f000001', 'hex'),
      },
    ],
  });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificate: pem, key };
}
