import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildImage,
  createKeyedBundle,
  createSigningKey,
  issueServingCertificate,
  OciRegistryServer,
  publishBundle,
  signatureStatement,
} from 'sandbox';
import { stringify } from 'yaml';
import { openState } from '../../state';
import { AdmissionWebhook } from '../AdmissionWebhook';
import { readAdmissionConfig } from '../config';
import { postToWebhook, reviewBody, WebhookAnswer } from './askWebhook';

/** A registry with signed and unsigned images, a folder with the files of a webhook, and the webhook. */
export class AdmissionWorld {
  readonly registry: OciRegistryServer;
  readonly directory: string;
  readonly logged: string[] = [];
  readonly #key = createSigningKey();
  #webhook: AdmissionWebhook | undefined;
  #certificate = issueServingCertificate();

  static async start(): Promise<AdmissionWorld> {
    return new AdmissionWorld(
      await OciRegistryServer.start(),
      await mkdtemp(join(tmpdir(), 'admission-')),
    );
  }

  private constructor(registry: OciRegistryServer, directory: string) {
    this.registry = registry;
    this.directory = directory;
  }

  /** Reference to a repository of the registry. */
  image(name: string): string {
    return `${this.registry.host}/${name}`;
  }

  /** Pushes an image; the tag names it from now on. Returns the digest. */
  push(repository: string, tag: string, build: number, signed = true): string {
    const { top } = buildImage({
      registry: this.registry,
      repository,
      tag,
      source: 'https://github.com/acme/web',
      build,
    });
    if (signed) {
      this.sign(repository, top);
    }
    return top.digest;
  }

  sign(
    repository: string,
    subject: Parameters<typeof publishBundle>[0]['subject'],
  ): void {
    publishBundle({
      registry: this.registry,
      repository,
      subject,
      bundle: createKeyedBundle({
        key: this.#key,
        statement: signatureStatement(subject.digest),
      }),
      createdAt: new Date(),
    });
  }

  /** Writes the policy: signed by our key, unless other rules are given. */
  async writePolicy(
    spec: Record<string, unknown> = {},
    others: object[] = [],
  ): Promise<void> {
    await this.write('cosign.pub', this.#key.publicKeyPem);
    await this.write(
      'policy.yaml',
      [
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
            rules: [{ use: 'image-signed' }],
            ...spec,
          },
        },
        ...others,
      ]
        .map(document => stringify(document))
        .join('---\n'),
    );
  }

  async write(name: string, text: string): Promise<string> {
    const path = join(this.directory, name);
    await writeFile(path, text);
    return path;
  }

  async writeCertificate(
    certificate = issueServingCertificate(),
  ): Promise<void> {
    this.#certificate = certificate;
    await this.write('tls.crt', certificate.certificate);
    await this.write('tls.key', certificate.key);
  }

  /** Writes the configuration of a webhook on any free ports; returns its file. */
  async writeConfiguration(
    config: Record<string, unknown> = {},
  ): Promise<string> {
    return this.write(
      'admission.yaml',
      stringify({
        apiVersion: 'supply-chain/v1',
        kind: 'AdmissionConfiguration',
        cluster: 'prod-eu',
        listen: { address: '127.0.0.1', port: 0 },
        health: { address: '127.0.0.1', port: 0 },
        tls: { certFile: './tls.crt', keyFile: './tls.key' },
        policies: ['./policy.yaml'],
        mutate: true,
        registries: {
          hosts: [
            {
              host: this.registry.host,
              insecure: true,
              allowPrivateAddress: true,
            },
          ],
        },
        // Tests reload when they want to, and may run on a busy machine.
        reloadSeconds: 3600,
        deadlines: { verificationMs: 20_000, totalMs: 25_000 },
        ...config,
      }),
    );
  }

  /** Starts the webhook in this process. */
  async startWebhook(
    config: Record<string, unknown> = {},
    now: () => Date = () => new Date(),
  ): Promise<AdmissionWebhook> {
    const path = await this.writeConfiguration(config);
    const log = (level: string) => (message: string) => {
      this.logged.push(`${level}: ${message}`);
    };
    const read = await readAdmissionConfig(path);
    this.#webhook = await AdmissionWebhook.start({
      config: read,
      stateOf: await openState(read.stateDirectory),
      logger: {
        debug: () => undefined,
        info: log('info'),
        warn: log('warning'),
        error: log('error'),
      },
      now,
    });
    return this.#webhook;
  }

  async stopWebhook(): Promise<void> {
    await this.#webhook?.stop();
    this.#webhook = undefined;
  }

  async stop(): Promise<void> {
    await this.stopWebhook();
    await this.registry.stop();
    await rm(this.directory, { recursive: true });
  }

  /** Asks the webhook as the API server does. */
  async ask(
    request: object,
    options: { endpoint?: string; query?: string } = {},
  ): Promise<WebhookAnswer> {
    const { endpoint = 'validate', query = '?timeout=30s' } = options;
    return this.post(`/${endpoint}${query}`, reviewBody(request));
  }

  /** Posts a body. */
  post(
    path: string,
    body: string | Uint8Array,
    headers?: Record<string, string>,
  ): Promise<WebhookAnswer> {
    const { certificate } = this.#certificate;
    const { webhook } = this.#webhook!.ports;
    return postToWebhook(
      { port: webhook, certificate },
      { path, body, ...(headers && { headers }) },
    );
  }

  /** Reads the plain side. */
  async health(path: string): Promise<{ status: number; text: string }> {
    const response = await fetch(
      `http://127.0.0.1:${this.#webhook!.ports.health}${path}`,
    );
    return { status: response.status, text: await response.text() };
  }
}

/** The request for a pod with these images. */
export function podRequest(
  images: string[],
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    operation: 'CREATE',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    namespace: 'shop',
    name: 'web',
    object: pod(images),
    oldObject: null,
    ...overrides,
  };
}

/** A pod with a container for each image: `c0`, `c1` and so on. */
export function pod(images: string[]) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: {
      containers: images.map((image, index) => ({ name: `c${index}`, image })),
    },
  };
}
