import { readFile } from 'node:fs/promises';
import {
  RegistryClient,
  RegistryEntry,
} from 'backstage-plugin-supply-chain-node/registry';
import { readDockerConfigFile } from '../registries';
import { AdmissionConfig } from './config';
import { FileWatch } from './watching/FileWatch';

/** Options of {@link AdmissionRegistry}. */
export type AdmissionRegistryOptions = {
  config: Pick<AdmissionConfig, 'registries' | 'deadlines'>;
  logger: { info(message: string): void; warn(message: string): void };
  onReload?(result: 'ok' | 'bad'): void;
};

/** The registry client, made anew when credentials or authorities change. */
export class AdmissionRegistry {
  readonly #options: AdmissionRegistryOptions;
  readonly #watch = new FileWatch();
  #client: RegistryClient;
  /** Clients that looks under way still use. */
  readonly #retired: RegistryClient[] = [];

  /** @throws CommandLineError when the credentials cannot be read. */
  static async create(
    options: AdmissionRegistryOptions,
  ): Promise<AdmissionRegistry> {
    const client = await createClient(options);
    const registry = new AdmissionRegistry(options, client);
    await registry.#watch.changed(registry.#paths());
    return registry;
  }

  private constructor(
    options: AdmissionRegistryOptions,
    client: RegistryClient,
  ) {
    this.#options = options;
    this.#client = client;
  }

  get client(): RegistryClient {
    return this.#client;
  }

  /** Reads credentials again when they changed; bad ones leave those in use. */
  async reload(): Promise<void> {
    if (!(await this.#watch.changed(this.#paths()))) {
      return;
    }
    const { logger, onReload } = this.#options;
    try {
      const client = await createClient(this.#options);
      this.#retired.push(this.#client);
      this.#client = client;
      logger.info('new registry credentials are in use');
      onReload?.('ok');
    } catch (error) {
      logger.warn(
        `${(error as Error).message}; the credentials read before stay in use`,
      );
      onReload?.('bad');
    }
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#retired, this.#client].map(client => client.close()),
    );
  }

  #paths(): string[] {
    const { dockerConfig, hosts } = this.#options.config.registries;
    return [
      dockerConfig,
      ...hosts.map(each => each.certificateAuthorityFile),
    ].flatMap(path => path ?? []);
  }
}

async function createClient({
  config,
  logger,
}: AdmissionRegistryOptions): Promise<RegistryClient> {
  const { registries, deadlines } = config;
  const { dockerConfig, hosts, only } = registries;
  const docker = dockerConfig && (await readDockerConfigFile(dockerConfig));
  if (docker) {
    docker.notRead.forEach((why, host) =>
      logger.warn(`"${host}" is read without credentials: ${why}`),
    );
  }
  const exceptions = await Promise.all(
    hosts.map(async ({ certificateAuthorityFile, ...each }) => ({
      ...each,
      ...(certificateAuthorityFile && {
        certificateAuthority: await readFile(certificateAuthorityFile, 'utf8'),
      }),
    })),
  );
  const entries: RegistryEntry[] = [
    ...exceptions,
    ...(docker ? docker.entries : []),
  ];
  return RegistryClient.create({
    registries: entries,
    ...(only && { allowList: only }),
    limits: { totalTimeoutMs: deadlines.lookMs },
  });
}
