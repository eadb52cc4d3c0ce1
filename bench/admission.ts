import { ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { get as plainGet } from 'node:http';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import {
  CACHED_IMAGES,
  FINDINGS,
  PreparedWebhook,
  prepareWebhook,
} from './admissionWorld';
import { SignedImages } from './signedImages';
import { startRegistry } from './startRegistry';

const IMAGES = 20;
const REQUESTS_PER_SECOND = 200;
const SECONDS = 20;

type RunningWebhook = {
  child: ChildProcess;
  port: number;
  readyMs: number;
  /** What of it was spent computing; `undefined` where the system does not say. */
  readyCpuMs: number | undefined;
};

/** The bars of the webhook: ready ≤ 5 s with 20,000 cached images, p99 from memory ≤ 5 ms at 200 requests a second. */
async function main(): Promise<void> {
  print(
    `Node ${process.version}, ${availableParallelism()} cores (${
      cpus()[0].model
    }), load ${loadavg()[0].toFixed(1)} before the start`,
  );
  const { images, stop } = await startRegistry(IMAGES);
  const prepared = await prepareWebhook(images);
  try {
    const webhook = await startWebhook(prepared);
    const { readyMs, readyCpuMs } = webhook;
    const cpu =
      readyCpuMs === undefined
        ? ''
        : `, ${readyCpuMs} ms of computing on all its threads`;
    print(
      `ready after ${readyMs.toFixed(0)} ms${cpu}, ` +
        `with what the portal knew of ${CACHED_IMAGES} images (${FINDINGS} findings each) while it is down; ` +
        'bar 5,000 ms; compiled on the fly, as everything in this repository',
    );
    try {
      await measure(prepared, webhook, images);
    } finally {
      webhook.child.kill('SIGTERM');
    }
  } finally {
    stop();
    await rm(prepared.directory, { recursive: true });
  }
}

function startWebhook({
  configFile,
}: PreparedWebhook): Promise<RunningWebhook> {
  const program = join(__dirname, '../packages/cli/bin/supply-chain');
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [program, 'admission', '--config', configFile],
    { stdio: ['ignore', 'inherit', 'pipe'] },
  );
  let log = '';
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`it ended: ${code}\n${log}`)));
    child.stderr!.on('data', async chunk => {
      log += chunk;
      const [, port, health] =
        /listening on port (\d+), health on port (\d+)/.exec(log) ?? [];
      if (health && (await isReady(Number(health)))) {
        const readyMs = performance.now() - startedAt;
        const readyCpuMs = cpuMsOf(child.pid);
        resolve({ child, port: Number(port), readyMs, readyCpuMs });
      }
    });
  });
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: utime and stime, in hundredths of a second. */
function cpuMsOf(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

function isReady(port: number): Promise<boolean> {
  return new Promise(resolve => {
    plainGet(`http://127.0.0.1:${port}/readyz`, response => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}

async function measure(
  { certificate }: PreparedWebhook,
  { child, port }: RunningWebhook,
  { keyed }: SignedImages,
): Promise<void> {
  // The API server keeps its connections.
  const agent = new Agent({ keepAlive: true, maxSockets: 16, ca: certificate });
  const references = keyed.map(
    ({ repository, digest }) => `${repository}@${digest}`,
  );
  const ask = (reference: string) => review({ agent, port, reference });
  const firstLooks: number[] = [];
  for (const reference of references) {
    firstLooks.push((await ask(reference)).elapsedMs);
  }
  const beforeMs = cpuMsOf(child.pid);
  const latencies: number[] = [];
  const pending: Promise<unknown>[] = [];
  const startedAt = performance.now();
  const total = REQUESTS_PER_SECOND * SECONDS;
  for (let index = 0; index < total; index += 1) {
    // An open loop: who comes does not wait for who came before.
    const dueMs = startedAt + (index * 1000) / REQUESTS_PER_SECOND;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) {
      await new Promise(resolve => setTimeout(resolve, waitMs));
    }
    pending.push(
      ask(references[index % references.length]).then(({ elapsedMs }) =>
        latencies.push(elapsedMs),
      ),
    );
  }
  await Promise.all(pending);
  const computedMs = (cpuMsOf(child.pid) ?? NaN) - (beforeMs ?? NaN);
  agent.destroy();
  print(
    `first look at an image, over HTTP from a registry on loopback: ${quantiles(
      firstLooks,
    )}`,
  );
  print(
    `from memory, ${REQUESTS_PER_SECOND} requests a second for ${SECONDS} s, ${total} reviews: ${quantiles(
      latencies,
    )} (bar: p99 5 ms); ${(computedMs / total).toFixed(
      2,
    )} ms of computing each`,
  );
}

function review(options: {
  agent: Agent;
  port: number;
  reference: string;
}): Promise<{ elapsedMs: number }> {
  const { agent, port, reference } = options;
  const body = JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      operation: 'CREATE',
      kind: { group: '', version: 'v1', kind: 'Pod' },
      namespace: 'shop',
      object: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: reference }] },
      },
    },
  });
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: '/validate?timeout=10s',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      response => {
        let text = '';
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('end', () => {
          const elapsedMs = performance.now() - startedAt;
          return JSON.parse(text).response.allowed
            ? resolve({ elapsedMs })
            : reject(new Error(`expected it to be admitted: ${text}`));
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

function quantiles(values: number[]): string {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number) =>
    `${sorted[
      Math.min(sorted.length - 1, Math.floor(sorted.length * share))
    ].toFixed(2)} ms`;
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, max ${at(1)}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
