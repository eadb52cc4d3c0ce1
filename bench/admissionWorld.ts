import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ADMISSION_FEED_TYPE,
  AdmissionFeedPage,
  Severity,
  signingInput,
  vulnerabilityClockKey,
} from 'backstage-plugin-supply-chain-common';
import { issueServingCertificate } from 'sandbox';
import { stringify } from 'yaml';
import { keyIdOf } from '../packages/cli/src/admission/feed/openEnvelope';
import { SignedImages } from './signedImages';

/** How many images the portal knows scans of, and findings of each. */
export const CACHED_IMAGES = 20_000;
export const FINDINGS = 25;
const SCANS_PER_PAGE = 500;

/** The folder of a webhook that was restarted while the portal is down. */
export type PreparedWebhook = {
  directory: string;
  configFile: string;
  certificate: string;
};

/** Writes policy, certificate, configuration and a signed snapshot of the feed. */
export async function prepareWebhook(
  images: SignedImages,
): Promise<PreparedWebhook> {
  const directory = await mkdtemp(join(tmpdir(), 'admission-bench-'));
  const write = (name: string, text: string) =>
    writeFile(join(directory, name), text);
  const { certificate, key } = issueServingCertificate();
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  await write('tls.crt', certificate);
  await write('tls.key', key);
  await write('cosign.pub', images.publicKeyPem);
  await write(
    'feed.pub',
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  );
  await write('policy.yaml', policy());
  await mkdir(join(directory, 'state', 'feed'), { recursive: true });
  const digests = images.keyed.map(({ digest }) => digest);
  const names: string[] = [];
  for (const page of pages(digests)) {
    const payload = Buffer.from(JSON.stringify(page));
    const signature = sign(
      null,
      signingInput(ADMISSION_FEED_TYPE, payload),
      privateKey,
    );
    const name = `${page.sequence}.json`;
    names.push(name);
    await write(
      `state/feed/${name}`,
      JSON.stringify({
        payloadType: ADMISSION_FEED_TYPE,
        payload: payload.toString('base64'),
        signatures: [
          { keyid: keyIdOf(publicKey), sig: signature.toString('base64') },
        ],
      }),
    );
  }
  await write('state/feed/index.json', JSON.stringify(names));
  await write('admission.yaml', configuration(images.host));
  return {
    directory,
    configFile: join(directory, 'admission.yaml'),
    certificate,
  };
}

function configuration(host: string): string {
  return stringify({
    apiVersion: 'supply-chain/v1',
    kind: 'AdmissionConfiguration',
    cluster: 'prod-eu',
    listen: { address: '127.0.0.1', port: 0 },
    health: { address: '127.0.0.1', port: 0 },
    tls: { certFile: './tls.crt', keyFile: './tls.key' },
    policies: ['./policy.yaml'],
    stateDirectory: './state',
    registries: {
      hosts: [{ host, insecure: true, allowPrivateAddress: true }],
    },
    // Nobody listens there.
    feed: {
      url: 'http://127.0.0.1:9/api/supply-chain/verdicts',
      publicKeyFile: './feed.pub',
    },
  });
}

function policy(): string {
  return [
    {
      apiVersion: 'supply-chain/v1',
      kind: 'TrustRoot',
      metadata: { name: 'release-key' },
      spec: { keys: [{ file: './cosign.pub' }], transparencyLog: 'none' },
    },
    {
      apiVersion: 'supply-chain/v1',
      kind: 'SupplyChainPolicy',
      metadata: { name: 'production' },
      spec: {
        mode: 'enforce',
        trust: ['release-key'],
        rules: [
          { use: 'image-signed' },
          { use: 'digest-pinned' },
          { use: 'scan-fresh', with: { maxAgeHours: 48 } },
          {
            use: 'no-fixable-vulnerability',
            with: { severity: 'critical', leewayDays: 0 },
          },
        ],
      },
    },
  ]
    .map(document => stringify(document))
    .join('---\n');
}

function* pages(digests: string[]): Generator<AdmissionFeedPage> {
  const now = Date.now();
  const scannedAt = new Date(now - 60_000).toISOString();
  const count = CACHED_IMAGES / SCANS_PER_PAGE;
  for (let index = 0; index < count; index += 1) {
    const isLast = index === count - 1;
    yield {
      version: 1,
      sequence: now - count + index,
      issuedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + 3_600_000).toISOString(),
      since: index === 0 ? '' : `c${index}`,
      cursor: `c${index + 1}`,
      more: !isLast,
      scans: Array.from({ length: SCANS_PER_PAGE }, (_, offset) => {
        const number = index * SCANS_PER_PAGE + offset;
        const digest =
          digests[number] ?? `sha256:${number.toString(16).padStart(64, '0')}`;
        return scanOf(digest, scannedAt);
      }),
      clocks: [
        {
          repository: `registry.acme.example/bench/${index}`,
          clocks: FINDING_LIST.map(finding => ({
            key: vulnerabilityClockKey(finding),
            firstSeenAt: scannedAt,
          })),
        },
      ],
      waivers: [],
      scanners: [{ cluster: 'prod-eu', status: 'ok' }],
      ...(isLast && { entities: { list: [] } }),
    };
  }
}

const FINDING_LIST = Array.from({ length: FINDINGS }, (_, index) => ({
  id: `CVE-2026-${1000 + index}`,
  packageName: `package-${index}`,
  purl: `pkg:deb/debian/package-${index}@1.0.${index}?arch=amd64`,
  installedVersion: `1.0.${index}`,
  fixedVersion: `1.1.${index}`,
  severity: 'high' as Severity,
  score: 7.5,
  publishedAt: '2026-01-01T00:00:00Z',
}));

function scanOf(
  digest: string,
  scannedAt: string,
): AdmissionFeedPage['scans'][number] {
  return {
    key: `trivy/prod-eu/${digest}`,
    hash: digest,
    scan: {
      subject: { type: 'content', digest },
      collector: 'trivy',
      kind: 'vulnerabilities',
      status: 'present',
      observedAt: scannedAt,
      detail: {
        scanner: { name: 'Trivy' },
        scannedAt,
        artifact: { digest },
        findings: FINDING_LIST,
      },
    } as AdmissionFeedPage['scans'][number]['scan'],
  };
}
