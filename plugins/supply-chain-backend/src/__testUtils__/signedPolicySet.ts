import { PolicySet } from 'backstage-plugin-supply-chain-common';

/** One policy for everything: signed by the trust root `release`. */
export const SIGNED_POLICY_SET: PolicySet = {
  policies: [
    {
      name: 'default',
      match: {},
      mode: 'audit',
      onUnknown: 'deny',
      platformImages: [],
      sourceRepositories: [],
      waivers: {},
      trust: { type: 'any', of: ['release'] },
      rules: [
        {
          use: 'image-signed',
          id: 'image-signed',
          severity: 'high',
          with: { allowViaIndex: true, allowFirstUse: false },
        },
      ],
      digest: 'sha256:policy',
    },
  ],
  trustRoots: [
    {
      name: 'release',
      spec: {
        type: 'keys',
        keys: [{ material: { content: 'key', source: 'inline' } }],
        transparencyLog: 'none',
        timestamps: 'none',
      },
      digest: 'sha256:1',
      warnings: [],
    },
  ],
  waivers: [],
  digest: 'sha256:s',
};
