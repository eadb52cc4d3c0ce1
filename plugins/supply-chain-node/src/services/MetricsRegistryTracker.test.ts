import { RegistryClient } from '../registry';
import { ScriptedServer } from '../registry/__testUtils__/ScriptedServer';
import {
  manifestText,
  OCI_MANIFEST,
  sha256,
} from '../registry/__testUtils__/testDocuments';
import { MemoryMetrics } from '../testUtils/MemoryMetrics';
import { MetricsRegistryTracker } from './MetricsRegistryTracker';

const text = manifestText();
let server: ScriptedServer;
let host: string;
let client: RegistryClient;
let metrics: MemoryMetrics;

beforeEach(async () => {
  server = await ScriptedServer.start();
  host = server.host;
  metrics = new MemoryMetrics();
  let nowMs = 0;
  client = RegistryClient.create({
    registries: [{ host, insecure: true, allowPrivateAddress: true }],
    tracker: MetricsRegistryTracker.create({
      metrics,
      nowMs: () => {
        nowMs += 250;
        return nowMs;
      },
    }),
  });
});

afterEach(async () => {
  await client.close();
  await server.stop();
});

const read = () => client.getManifest(`${host}/shop/web`, sha256(text));
const recorded = () => metrics.read('supply_chain.registry.requests.duration');

describe('requests to a registry', () => {
  it('are timed when they are answered, as one with their redirects', async () => {
    server.handler = ({ url }, response) =>
      url === '/elsewhere'
        ? response.writeHead(200, { 'content-type': OCI_MANIFEST }).end(text)
        : response.writeHead(307, { location: '/elsewhere' }).end();
    expect(await read()).toMatchObject({ ok: true });
    expect(await recorded()).toEqual([
      { value: 0.25, attributes: { outcome: 'answered', status: 200 } },
    ]);
  });

  it('are told apart when the registry refuses', async () => {
    server.handler = (_, response) => response.writeHead(429).end();
    expect(await read()).toMatchObject({ reason: 'rateLimited' });
    expect(await recorded()).toEqual([
      { value: 0.25, attributes: { outcome: 'refused', status: 429 } },
    ]);
  });

  it('say why there is no answer', async () => {
    await server.stop();
    expect(await read()).toMatchObject({ reason: 'registryUnavailable' });
    expect(await recorded()).toEqual([
      {
        value: 0.25,
        attributes: { outcome: 'failed', reason: 'registryUnavailable' },
      },
    ]);
    server = await ScriptedServer.start();
  });
});
