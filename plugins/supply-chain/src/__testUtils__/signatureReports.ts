import { schema } from 'backstage-plugin-supply-chain-common';

const DIGEST = `sha256:${'4be1c77e0d5a91b2'.repeat(4)}`;
const OTHER_DIGEST = `sha256:${'77aa90d310c5b2e4'.repeat(4)}`;
const ROOT_KEY = `sha256:${'5415ab8b'.repeat(8)}`;
const CERTIFICATE = `sha256:${'c0ffee00'.repeat(8)}`;
const SUBJECT = 'CN=acme release,O=Acme,C=DE';
const SERVER = 'https://notary.acme.example';

export const contentTrustSignature: schema.SignatureSummary = {
  status: 'verified',
  scheme: 'contentTrust',
  signer: ROOT_KEY,
  trustRoot: 'acme-notary',
  foundIn: 'contentTrust',
  relation: 'exact',
  placesSearched: 2,
  observedAt: '2026-11-23T12:00:00Z',
};

/** Trust data that was seen first, of a server without history. */
export const contentTrustEvidence = {
  kind: 'signature',
  collector: 'content-trust',
  status: 'present',
  detail: {
    scheme: 'contentTrust',
    statements: [
      {
        scheme: 'contentTrust',
        kind: 'signature',
        foundIn: 'contentTrust',
        carrier: OTHER_DIGEST,
        covers: DIGEST,
        relation: 'exact',
        signedTag: { role: 'targets/releases', tag: '2.14.1', digest: DIGEST },
        checks: [
          {
            trustRoot: 'acme-notary',
            status: 'verified',
            firstUse: true,
            signer: { type: 'key', fingerprint: ROOT_KEY },
          },
        ],
      },
      {
        scheme: 'contentTrust',
        kind: 'signature',
        foundIn: 'contentTrust',
        carrier: OTHER_DIGEST,
        covers: DIGEST,
        relation: 'exact',
        signedTag: { role: 'targets/qa', tag: 'nightly', digest: DIGEST },
        checks: [
          {
            trustRoot: 'acme-notary',
            status: 'untrustedSigner',
            reason: 'delegationNotCounted',
          },
        ],
      },
    ],
    trail: [
      {
        place: 'contentTrust',
        scheme: 'contentTrust',
        location: SERVER,
        about: DIGEST,
        trustRoot: 'acme-notary',
        complete: true,
        found: 2,
      },
    ],
    contentTrust: [
      {
        server: SERVER,
        gun: 'registry.acme.example/payments/api',
        trustRoot: 'acme-notary',
        pinned: 'firstUse',
        firstUsedAt: '2026-10-01T12:00:00Z',
        rootKeyIds: ['5415ab8b'.repeat(8)],
        versions: { root: 1, targets: 4 },
        expires: { root: '2036-10-01T12:00:00Z' },
        rollbackProtected: false,
      },
    ],
  },
};

/** One signature of the Notary Project that counts, one that is over. */
export const notationEvidence = {
  kind: 'signature',
  collector: 'notation',
  status: 'present',
  detail: {
    scheme: 'notation',
    statements: [
      {
        scheme: 'notation',
        kind: 'signature',
        foundIn: 'referrers',
        carrier: OTHER_DIGEST,
        covers: DIGEST,
        relation: 'exact',
        checks: [
          {
            trustRoot: 'acme-x509',
            status: 'verified',
            signedAt: '2026-11-11T09:15:00Z',
            signer: {
              type: 'certificate',
              subject: SUBJECT,
              fingerprint: CERTIFICATE,
            },
          },
        ],
      },
      {
        scheme: 'notation',
        kind: 'signature',
        foundIn: 'referrers',
        carrier: DIGEST,
        covers: DIGEST,
        relation: 'exact',
        checks: [
          {
            trustRoot: 'acme-x509',
            status: 'expired',
            reason: 'signatureExpired',
          },
        ],
      },
    ],
    trail: [
      {
        place: 'referrers',
        scheme: 'notation',
        location: DIGEST,
        about: DIGEST,
        complete: true,
        found: 2,
      },
    ],
  },
};
