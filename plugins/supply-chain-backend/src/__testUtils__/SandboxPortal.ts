import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import supplyChainModuleClair from 'backstage-plugin-supply-chain-backend-module-clair';
import supplyChainModuleKubernetes from 'backstage-plugin-supply-chain-backend-module-kubernetes';
import supplyChainModuleTrivy from 'backstage-plugin-supply-chain-backend-module-trivy';
import { rm } from 'node:fs/promises';
import {
  FREE_SANDBOX_PORTS,
  Sandbox,
  SANDBOX_SERVICES,
  startSandbox,
} from 'sandbox';
import request from 'supertest';
import supplyChainPlugin from '..';

/**
 * The world of the sandbox and a portal that reads it over HTTP: clusters by their addresses, registries, Clair. The
 * Kubernetes plugin is not in it.
 */
export class SandboxPortal {
  /** Starts both; `configure` says what stands under `supplyChain` beside the registries. */
  static async start(
    configure: (sandbox: Sandbox) => JsonObject,
  ): Promise<SandboxPortal> {
    const sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
    const backend = await startBackend(sandbox, configure(sandbox));
    return new SandboxPortal(sandbox, backend);
  }

  private constructor(
    readonly sandbox: Sandbox,
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
  ) {}

  /** Address of the API, for what is pushed to it. */
  get url(): string {
    const { port } = this.backend.server.address() as { port: number };
    return `http://127.0.0.1:${port}/api/supply-chain`;
  }

  post(path: string): request.Test {
    return request(this.backend.server).post(`/api/supply-chain${path}`);
  }

  async get<T>(path: string): Promise<T> {
    const { status, body } = await request(this.backend.server).get(
      `/api/supply-chain${path}`,
    );
    if (status !== 200) {
      throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    }
    return body;
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.sandbox.stop();
    await rm(this.sandbox.directory, { recursive: true });
  }
}

function startBackend(sandbox: Sandbox, supplyChain: JsonObject) {
  const own = { insecure: true, allowPrivateAddress: true };
  const registries = [
    { host: sandbox.registry.host, ...own },
    { host: sandbox.vendor.host, ...own },
  ];
  return startTestBackend({
    features: [
      supplyChainPlugin,
      supplyChainModuleKubernetes,
      supplyChainModuleTrivy,
      supplyChainModuleClair,
      mockServices.rootConfig.factory({
        data: { supplyChain: { registries, ...supplyChain } },
      }),
      catalogServiceMock.factory({
        entities: SANDBOX_SERVICES.map(({ name, owner }) => ({
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name,
            annotations: { 'backstage.io/kubernetes-id': name },
          },
          spec: { type: 'service', lifecycle: 'production', owner },
        })),
      }),
      mockServices.events.factory(),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: async () => undefined }),
      }),
    ],
  });
}

/** Asks until the answer holds; one that fails is asked for again. */
export async function eventually<T>(
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  withinMs = 60_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask().catch(error => error);
    if (!(answer instanceof Error) && holds(answer)) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`expected another answer: ${JSON.stringify(answer)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
