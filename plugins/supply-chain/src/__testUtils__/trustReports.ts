import { schema } from 'backstage-plugin-supply-chain-common';

const FINGERPRINT = `sha256:${'5415ab8b'.repeat(8)}`;

const NO_IMAGES: schema.TrustRootImages = {
  verified: 0,
  singleSigner: 0,
  contentTrustOnly: 0,
};

/** A root of keys of which nothing ends. */
export function keyRoot(
  changes: Partial<schema.TrustRootReport> = {},
): schema.TrustRootReport {
  return {
    name: 'acme-release-key',
    type: 'keys',
    digest: `sha256:${'1'.repeat(64)}`,
    policies: [{ name: 'default', digest: 'sha256:00', title: 'Production' }],
    signers: [{ kind: 'key', name: FINGERPRINT }],
    requirements: [{ proof: 'transparencyLog', need: 'none' }],
    warnings: [],
    expiries: [
      { kind: 'key', name: FINGERPRINT, state: 'lasting', due: false },
    ],
    images: { ...NO_IMAGES, verified: 12, singleSigner: 3 },
    ...changes,
  };
}

/** A root of identities that comes from a TUF mirror. */
export function identityRoot(
  changes: Partial<schema.TrustRootReport> = {},
): schema.TrustRootReport {
  return {
    ...keyRoot(),
    name: 'acme-ci',
    title: 'Releases of CI',
    type: 'sigstore',
    source: '/etc/policies/trust.yaml',
    loadedAt: '2026-11-20T08:00:00.000Z',
    tuf: {
      mirror: 'https://tuf.acme.example',
      checkedAt: '2026-11-25T11:50:00.000Z',
      expiresAt: '2026-12-01T00:00:00.000Z',
    },
    policies: [],
    signers: [
      {
        kind: 'identity',
        name: 'https://github.com/acme/*/.github/workflows/release.yml@refs/tags/*',
        match: 'glob',
        issuer: 'https://token.actions.githubusercontent.com',
        extensions: [
          'sourceRepositoryUri: https://github.com/acme/\u202epayments',
        ],
      },
    ],
    requirements: [
      { proof: 'transparencyLog', need: 'required' },
      { proof: 'timestamps', need: 'whenPresent' },
    ],
    warnings: [
      { code: 'reusableWorkflowOpen', message: 'Anybody may call it.' },
    ],
    expiries: [
      {
        kind: 'certificateAuthority',
        name: 'CN=fulcio',
        endsAt: '2026-12-10T00:00:00.000Z',
        state: 'ending',
        due: true,
      },
      {
        kind: 'tufMetadata',
        name: 'https://tuf.acme.example',
        endsAt: '2026-12-01T00:00:00.000Z',
        state: 'ending',
        due: false,
      },
    ],
    images: NO_IMAGES,
    ...changes,
  };
}

/** A root of Docker Content Trust. */
export function contentTrustRoot(): schema.TrustRootReport {
  return {
    ...keyRoot(),
    name: 'acme-content-trust',
    type: 'contentTrust',
    signers: [
      { kind: 'rootKey', name: '5c8f', scope: 'registry.acme.example/shop/*' },
    ],
    requirements: [],
    expiries: [],
    images: { verified: 2, singleSigner: 2, contentTrustOnly: 2 },
  };
}

/** Trust roots of all kinds, with something to see about each. */
export function trustRootList(
  changes: Partial<schema.TrustRootList> = {},
): schema.TrustRootList {
  return {
    asOf: '2026-11-25T12:00:00.000Z',
    items: [keyRoot(), identityRoot(), contentTrustRoot()],
    contentTrustOnly: 2,
    sandbox: false,
    ...changes,
  };
}

/** Two images, one of which stands on one key alone. */
export function trustRootImages(): schema.TrustRootImagePage {
  const image = {
    repository: 'registry.acme.example/shop/web',
    digest: `sha256:${'a'.repeat(64)}`,
    schemes: ['cosign' as const],
    signers: [FINGERPRINT],
    singleSigner: true,
    contentTrustOnly: false,
    entityRefs: ['component:default/web'],
  };
  return {
    total: 2,
    items: [
      image,
      {
        ...image,
        repository: 'registry.acme.example/tools/cron',
        singleSigner: false,
        entityRefs: [],
      },
    ],
    sandbox: false,
  };
}
