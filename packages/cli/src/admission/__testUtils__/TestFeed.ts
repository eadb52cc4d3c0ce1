import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { generateKeyPairSync, sign } from 'node:crypto';
import {
  ADMISSION_FEED_TYPE,
  AdmissionFeedEnvelope,
  AdmissionFeedPage,
  EvidenceOf,
  signingInput,
} from 'backstage-plugin-supply-chain-common';
import { keyIdOf } from '../feed/openEnvelope';

/** A page that says nothing, at a time. */
export function emptyPage(
  overrides: Partial<AdmissionFeedPage> = {},
): AdmissionFeedPage {
  const issuedAt = overrides.issuedAt ?? new Date().toISOString();
  return {
    version: 1,
    sequence: 1,
    issuedAt,
    expiresAt: new Date(Date.parse(issuedAt) + 3_600_000).toISOString(),
    since: '',
    cursor: 'c1',
    more: false,
    scans: [],
    clocks: [],
    scanners: [{ cluster: 'prod-eu', status: 'ok' }],
    waivers: [],
    entities: { list: [] },
    ...overrides,
  };
}

/** A scan of a digest with one fixable critical, or none. */
export function feedScan(
  digest: string,
  options: { critical?: boolean; scannedAt?: string } = {},
): AdmissionFeedPage['scans'][number] {
  const { critical = false, scannedAt = new Date().toISOString() } = options;
  const scan = {
    subject: { type: 'content', digest },
    collector: 'trivy',
    kind: 'vulnerabilities',
    status: 'present',
    observedAt: scannedAt,
    detail: {
      scanner: { name: 'Trivy' },
      scannedAt,
      artifact: { digest },
      findings: critical
        ? [
            {
              id: 'CVE-2026-1',
              packageName: 'zlib',
              installedVersion: '1.0',
              fixedVersion: '1.1',
              severity: 'critical',
              publishedAt: '2026-01-01T00:00:00Z',
            },
          ]
        : [],
    },
  } as unknown as EvidenceOf<'vulnerabilities'>;
  return {
    key: `trivy/prod-eu/${digest}`,
    hash: `${critical}/${scannedAt}`,
    scan,
  };
}

/** A portal that answers with what a test wants. */
export class TestFeed {
  readonly keys = generateKeyPairSync('ed25519');
  readonly asked: { since: string | null; authorization?: string }[] = [];
  #server: Server | undefined;
  /** What is answered; `undefined`: 503. */
  answer: (since: string) => unknown = () => undefined;

  get publicKeyPem(): string {
    return this.keys.publicKey
      .export({ type: 'spki', format: 'pem' })
      .toString();
  }

  get url(): string {
    const { port } = this.#server!.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/supply-chain/verdicts`;
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const since = new URL(request.url!, this.url).searchParams.get('since');
      const { authorization } = request.headers;
      this.asked.push({ since, authorization });
      const answer = this.answer(since ?? '');
      response.writeHead(answer === undefined ? 503 : 200);
      response.end(
        typeof answer === 'string' ? answer : JSON.stringify(answer),
      );
    });
    await new Promise<void>(resolve => {
      this.#server!.listen(0, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    await new Promise(resolve => this.#server?.close(resolve));
  }

  sign(page: object, keys = this.keys): AdmissionFeedEnvelope {
    const payload = Buffer.from(JSON.stringify(page));
    const input = signingInput(ADMISSION_FEED_TYPE, payload);
    return {
      payloadType: ADMISSION_FEED_TYPE,
      payload: payload.toString('base64'),
      signatures: [
        {
          keyid: keyIdOf(keys.publicKey),
          sig: sign(null, input, keys.privateKey).toString('base64'),
        },
      ],
    };
  }
}
