import { stringify } from 'yaml';
import { trustRootDocuments } from './trustRootDocuments';

/**
 * The policy of the world: trust roots and policies as one YAML file; keys and
 * the trusted root lie beside it.
 * @public
 */
export function policyDocuments(options: {
  /** Host of our registry, for example `127.0.0.1:7050`. */
  ownHost: string;
  vendorHost: string;
  /** The Notary server, and the root key of each collection by its name. */
  contentTrust: { server: string; rootKeyIds: Record<string, string> };
  /** Waivers are given some days before and end some days after. */
  now: Date;
}): string {
  return [
    ...trustRootDocuments(options.contentTrust),
    ...policies(options),
    waiverDocument(options),
  ]
    .map(document => stringify(document, { aliasDuplicateObjects: false }))
    .join('---\n');
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** One that was reviewed and merged; those of the page are asked for on the page. */
function waiverDocument(options: { ownHost: string; now: Date }): object {
  const { ownHost, now } = options;
  const inDays = (days: number) =>
    new Date(now.getTime() + days * DAY_MS).toISOString();
  return {
    apiVersion: 'supply-chain/v1',
    kind: 'Waiver',
    metadata: { name: 'thumbnails-unsigned' },
    spec: {
      rule: 'image-signed',
      policy: 'default',
      reasons: ['noSignature'],
      scope: { repository: `${ownHost}/edge/thumbnails` },
      reason: 'Its build moves to the new pipeline, which signs.',
      ticket: 'https://tickets.acme.example/browse/EDGE-412',
      requestedBy: 'user:default/developer',
      approvedBy: 'user:default/platform',
      approvedAt: inDays(-10),
      expires: inDays(45),
    },
  };
}

const PRODUCTION = { lifecycle: ['production'] };

function policyDocument(metadata: object, spec: object, own: string): object {
  return {
    apiVersion: 'supply-chain/v1',
    kind: 'SupplyChainPolicy',
    metadata,
    spec: { mode: 'audit', ...spec, ownImages: [own] },
  };
}

/** A rule of our own, in CEL. */
const NO_DEBUG = {
  id: 'no-debug-tag',
  title: 'No debug build',
  severity: 'low',
  expression: '!has(image.tag) || !image.tag.endsWith("-debug")',
  message: 'Deploy a release build; a debug build has a shell and symbols.',
  remediation: 'Deploy the tag without "-debug".',
};

function scanned(leewayDays: number): object[] {
  return [
    { use: 'scan-fresh', with: { maxAgeHours: 48 } },
    {
      use: 'no-fixable-vulnerability',
      with: { severity: 'critical', leewayDays },
    },
  ];
}

function defaultPolicy(own: string): object {
  return policyDocument(
    { name: 'default', title: 'What runs in production' },
    {
      mode: 'enforce',
      // A webhook that is not told of scans warns of them and refuses the rest.
      onUnknown: 'warn',
      match: {
        entities: PRODUCTION,
        clusters: ['*'],
        namespaces: ['*'],
        images: [own],
      },
      sourceRepositories: ['https://github.com/acme/*'],
      waivers: { maxDays: 90 },
      trust: [
        'acme-ci',
        'acme-release-key',
        'acme-content-trust',
        'acme-notation',
      ],
      rules: [
        { use: 'image-signed' },
        // A warning until the last registry drops it.
        { use: 'not-content-trust-only', effectiveOn: '2028-03-31' },
        { use: 'registry-allowed', with: { allow: [own] } },
        { use: 'digest-pinned' },
        ...scanned(10),
      ],
    },
    own,
  );
}

function policies(options: Parameters<typeof policyDocuments>[0]): object[] {
  const { ownHost } = options;
  const own = `${ownHost}/**`;
  const vendor = `${options.vendorHost}/vendor/**`;
  return [
    defaultPolicy(own),
    policyDocument(
      { name: 'built-by-us', title: 'What our build platforms make' },
      {
        match: {
          entities: PRODUCTION,
          images: [`${ownHost}/delivery/**`, `${ownHost}/shop/web`],
        },
        sourceRepositories: ['https://github.com/acme/*'],
        trust: ['acme-ci', 'acme-builders', 'acme-release-key'],
        rules: [
          { use: 'provenance-verified', with: { minimumLevel: 2 } },
          { use: 'built-from-own-repository' },
        ],
      },
      own,
    ),
    policyDocument(
      { name: 'third-party', title: 'Images of vendors' },
      {
        match: { entities: PRODUCTION, images: [vendor] },
        trust: ['vendor-release-key'],
        rules: [
          { use: 'image-signed' },
          { use: 'registry-allowed', with: { allow: [vendor] } },
          { use: 'digest-pinned' },
          ...scanned(30),
        ],
      },
      own,
    ),
    policyDocument(
      { name: 'everywhere', title: 'What runs anywhere' },
      {
        match: { clusters: ['*'] },
        rules: [
          { use: 'registry-allowed', with: { allow: [own, vendor] } },
          NO_DEBUG,
        ],
      },
      own,
    ),
  ];
}
