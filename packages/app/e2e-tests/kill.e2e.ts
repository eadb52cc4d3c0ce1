import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { after, before, describe, it } from 'node:test';
import {
  FREE_SANDBOX_PORTS,
  sandboxEnvironment,
  SANDBOX_SERVICES,
  startSandbox,
  type Sandbox,
} from 'sandbox';
import { eventually, openApi, type EntityReport, type ImageRow } from './api';

type RunningBackend = { child: ChildProcess & { closed: Promise<unknown> } };

/** The parts of `npm start`, which are scripts and no package. */
type PortalScripts = {
  findFreePort(): Promise<number>;
  startBackend(options: {
    port: number;
    stateDirectory: string;
    environment: Record<string, string>;
  }): RunningBackend;
  waitUntilReady(options: {
    port: number;
    backend: RunningBackend;
  }): Promise<void>;
};

async function loadPortalScripts(): Promise<PortalScripts> {
  const load = (name: string) =>
    import(pathToFileURL(resolve('scripts/portal', name)).href);
  return { ...(await load('backend.mjs')), ...(await load('freePort.mjs')) };
}

/** How long after it is ready the backend is killed: in the middle of its first sync, a little later each time. */
const KILLED_AFTER_MS = [0, 400, 1_500];

/** Of what counts, in an order that does not depend on that of the images. */
function outcomesOf(images: ImageRow[]): string[] {
  return images
    .filter(image => image.counted)
    .map(image => image.outcome)
    .sort();
}

describe('a backend that is killed in mid-sync', () => {
  let sandbox: Sandbox;
  let state: string;

  before(async () => {
    state = mkdtempSync(join(tmpdir(), 'supply-chain-killed-'));
    sandbox = await startSandbox({
      directory: join(state, 'world'),
      ports: FREE_SANDBOX_PORTS,
    });
  });

  after(async () => {
    await sandbox?.stop();
    rmSync(state, { recursive: true, force: true });
  });

  async function startBackendOnly(environment: Record<string, string> = {}) {
    const scripts = await loadPortalScripts();
    const port = await scripts.findFreePort();
    const backend = scripts.startBackend({
      port,
      stateDirectory: state,
      environment: {
        ...sandboxEnvironment(sandbox),
        ...environment,
      },
    });
    await scripts.waitUntilReady({ port, backend });
    return {
      url: `http://localhost:${port}`,
      end: async (signal: NodeJS.Signals) => {
        process.kill(-backend.child.pid!, signal);
        await backend.child.closed;
      },
    };
  }

  // The catalog is another plugin with a sync of its own: it is filled before anything is killed.
  async function fillCatalog() {
    const backend = await startBackendOnly({
      APP_CONFIG_supplyChain_modules: '{"kubernetes":false,"trivy":false}',
    });
    const { token } = await openApi(backend.url);
    await eventually(
      async () => {
        const response = await fetch(
          `${backend.url}/api/catalog/entities?filter=kind=component`,
          { headers: { authorization: `Bearer ${token}` } },
        );
        return (await response.json()) as unknown[];
      },
      components => components.length === SANDBOX_SERVICES.length,
      60_000,
    );
    await backend.end('SIGTERM');
  }

  it('loses nothing and doubles nothing', { timeout: 420_000 }, async () => {
    await fillCatalog();
    for (const milliseconds of KILLED_AFTER_MS) {
      const killed = await startBackendOnly();
      await delay(milliseconds);
      await killed.end('SIGKILL');
    }
    const backend = await startBackendOnly();
    try {
      const api = await openApi(backend.url);
      for (const { name, workloads } of SANDBOX_SERVICES) {
        const containers = workloads.flatMap(each => each.containers);
        const expected = containers
          .filter(each => each.expected.counted)
          .map(each => each.expected.outcome)
          .sort();
        // What the killed one held is nobody's until its lease expires: until then scans may be unread, which is said.
        const report = await eventually(
          () => api.get<EntityReport>(`/entities/component/default/${name}`),
          ({ images, pending }) =>
            pending === 0 &&
            (containers.length === 0 || images.length > 0) &&
            images.every(image => image.verdicts.length > 0) &&
            isDeepStrictEqual(outcomesOf(images), expected),
          150_000,
        );
        const places = report.images.flatMap(image => image.placements);
        assert.equal(places.length, containers.length, name);
        const images = new Set(
          containers.map(({ image }) => `${image.repository}:${image.tag}`),
        );
        assert.equal(report.images.length, images.size, name);
      }
      const { figures, total } = await api.get<{
        figures: { unlinked: number };
        total: number;
      }>('/overview?limit=1');
      const running = SANDBOX_SERVICES.filter(each => each.workloads.length);
      assert.equal(total, running.length);
      assert.equal(figures.unlinked, 1);
    } finally {
      await backend.end('SIGTERM');
    }
  });
});
