import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClairServer } from './clair';
import { ControlServer } from './control';
import { KubernetesApiServer } from './kubernetes';
import { NotaryServer } from './notary';
import { OciRegistryServer } from './registry';
import { ClusterName, SandboxWorld } from './world';
import { writeWorld } from './world/writeWorld';

/**
 * TCP ports on 127.0.0.1; 0 stands for any free one.
 * @public
 */
export interface SandboxPorts {
  /** @defaultValue 7050 */
  registry: number;
  /** @defaultValue 7051 */
  vendor: number;
  /** @defaultValue 7052 */
  notary: number;
  /** @defaultValue 7053 */
  clair: number;
  /** @defaultValue 7060 */
  prodEu: number;
  /** @defaultValue 7061 */
  prodUs: number;
  /** @defaultValue 7070 */
  control: number;
}

/** @public */
export const DEFAULT_SANDBOX_PORTS: SandboxPorts = {
  registry: 7050,
  vendor: 7051,
  notary: 7052,
  clair: 7053,
  prodEu: 7060,
  prodUs: 7061,
  control: 7070,
};

/** Ports for tests: any free ones. @public */
export const FREE_SANDBOX_PORTS: SandboxPorts = {
  registry: 0,
  vendor: 0,
  notary: 0,
  clair: 0,
  prodEu: 0,
  prodUs: 0,
  control: 0,
};

/** Who signs requests to Clair: the portal. */
const CLAIR_ISSUER = 'backstage';

/**
 * @public
 */
export interface SandboxOptions {
  ports?: Partial<SandboxPorts>;
  /**
   * Clock of the world: dates of scans, pods and reports. Signatures carry the
   * time of the process, whatever this says.
   * @defaultValue the clock of the process
   */
  now?: () => Date;
  /**
   * Where policy, trust material and `sandbox.json` are written.
   * @defaultValue a new temporary directory
   */
  directory?: string;
  /** @defaultValue random */
  clusterToken?: string;
  /** @defaultValue random */
  controlToken?: string;
  /** Where Clair delivers notifications. @defaultValue nowhere */
  clairWebhook?: string;
}

/**
 * A running sandbox.
 * @public
 */
export interface Sandbox {
  registryUrl: string;
  vendorUrl: string;
  notaryUrl: string;
  /** `key` is in base64, as in the configuration of Clair. */
  clairAddress: { url: string; key: string; issuer: string };
  clusters: Array<{ name: ClusterName; url: string; token: string }>;
  controlUrl: string;
  controlToken: string;
  directory: string;
  policyFile: string;
  trustFiles: string[];
  /** What is known to be exploited in this world; made up. */
  kevFile: string;
  /** How likely exploits are in this world; made up. */
  epssFile: string;
  /** The servers themselves, for tests. */
  registry: OciRegistryServer;
  vendor: OciRegistryServer;
  notary: NotaryServer;
  clair: ClairServer;
  world: SandboxWorld;
  stop(): Promise<void>;
}

/** Remembers a server, so that it is stopped with the others. */
type Keep = <T extends { stop(): Promise<void> }>(
  starting: Promise<T>,
) => Promise<T>;

/**
 * Starts registries, Clair, clusters and the control endpoint, signs the world with
 * keys made for this run, and writes policy and trust files.
 * @public
 */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const ports = { ...DEFAULT_SANDBOX_PORTS, ...options.ports };
  const now = options.now ?? (() => new Date());
  const token = options.clusterToken ?? randomToken();
  const controlToken = options.controlToken ?? randomToken();
  const started: Array<{ stop(): Promise<void> }> = [];
  const keep: Keep = async starting => {
    const server = await starting;
    started.push(server);
    return server;
  };
  const stop = async () => {
    await Promise.all(started.map(server => server.stop()));
  };
  try {
    const servers = await startRegistries(ports, keep);
    const psk = { key: randomBytes(32), issuers: [CLAIR_ISSUER] };
    // Tokens carry the time of the process.
    const at = { port: ports.clair, webhook: options.clairWebhook };
    const clair = await keep(ClairServer.start({ ...at, psk }));
    const cluster = (port: number) =>
      keep(
        KubernetesApiServer.start({ port, token, now, forbidden: ['secrets'] }),
      );
    const clusters = {
      'prod-eu': await cluster(ports.prodEu),
      'prod-us': await cluster(ports.prodUs),
    };
    const parts = { ...servers, clair, clusters, now };
    const world = await SandboxWorld.create(parts);
    const control = await keep(
      ControlServer.start({
        port: ports.control,
        token: controlToken,
        world,
        now,
      }),
    );
    const addresses = {
      registryUrl: servers.registry.url,
      vendorUrl: servers.vendor.url,
      notaryUrl: servers.notary.url,
      clairAddress: addressOf(clair, psk.key),
      clusters: (['prod-eu', 'prod-us'] as const).map(name => ({
        name,
        url: clusters[name].url,
        token,
      })),
      controlUrl: control.url,
      controlToken,
    };
    const directory =
      options.directory ?? mkdtempSync(join(tmpdir(), 'sandbox-'));
    return {
      ...addresses,
      ...writeWorld({
        directory,
        world,
        ...servers,
        addresses,
        now: now(),
      }),
      directory,
      ...servers,
      clair,
      world,
      stop,
    };
  } catch (error) {
    // A port that is taken must not leave the other servers behind.
    await stop();
    throw error;
  }
}

async function startRegistries(ports: SandboxPorts, keep: Keep) {
  return {
    registry: await keep(OciRegistryServer.start({ port: ports.registry })),
    vendor: await keep(OciRegistryServer.start({ port: ports.vendor })),
    notary: await keep(NotaryServer.start({ port: ports.notary })),
  };
}

function addressOf({ url }: ClairServer, key: Buffer): Sandbox['clairAddress'] {
  return { url, key: key.toString('base64'), issuer: CLAIR_ISSUER };
}

function randomToken(): string {
  return randomBytes(24).toString('base64url');
}
