import { createHash } from 'node:crypto';
import { createServer, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import {
  ObservedReport,
  RunningContent,
} from 'backstage-plugin-supply-chain-node';
import { Clock } from 'backstage-plugin-supply-chain-node/clusters';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { MemoryFeedSink } from 'backstage-plugin-supply-chain-node/testUtils';
import { ClairClient } from '../ClairClient';
import { ClairFeed } from '../ClairFeed';
import { ClairSettings } from '../ClairSettings';
import { ClairNotifier } from '../notifier/ClairNotifier';
import { FakeClair, fixture } from './FakeClair';

const NAMES = ['payments', 'web', 'unsigned'] as const;

/** An image of the recorded session. */
export type ImageName = (typeof NAMES)[number];

const manifests = new Map(
  NAMES.map(name => [name, fixture(`${name}.manifest`)]),
);

export function digestOf(name: ImageName) {
  const hash = createHash('sha256').update(manifests.get(name)!).digest('hex');
  return parseDigest(`sha256:${hash}`)!;
}

/** A clock that stands until it is set forward. */
export class TestClock implements Clock {
  #nowMs = Date.parse('2026-11-23T12:00:00Z');
  #timers: { atMs: number; callback: () => void }[] = [];
  #waiting: (() => void)[] = [];

  now = () => new Date(this.#nowMs);
  random = () => 0.5;

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.push(timer);
    this.#waiting.splice(0).forEach(resolve => resolve());
    return () => {
      this.#timers = this.#timers.filter(each => each !== timer);
    };
  }

  /** Lets time pass within a round. */
  skip(milliseconds: number): void {
    this.#nowMs += milliseconds;
  }

  /** Waits until the round that runs has ended. */
  async idle(): Promise<void> {
    if (this.#timers.length === 0) {
      await new Promise<void>(resolve => {
        this.#waiting.push(resolve);
      });
    }
  }

  /** Lets time pass, round after round. */
  async advance(milliseconds: number): Promise<void> {
    const endMs = this.#nowMs + milliseconds;
    await this.idle();
    for (;;) {
      const next = this.#timers.find(({ atMs }) => atMs <= endMs);
      if (!next) {
        break;
      }
      this.#nowMs = Math.max(next.atMs, this.#nowMs);
      this.#timers = this.#timers.filter(each => each !== next);
      next.callback();
      await this.idle();
    }
    this.#nowMs = endMs;
  }
}

/** A Clair, a registry with the recorded images, and the feed between them. */
export class ClairWorld {
  readonly clock = new TestClock();
  readonly sink = new MemoryFeedSink<ObservedReport>();
  contents: RunningContent[] = [];
  /** Answers requests for layers. */
  serveLayer: (response: ServerResponse) => void = response =>
    response.writeHead(206).end('x');
  /** Repositories that want credentials. */
  readonly locked = new Set<string>();
  readonly registry: RegistryClient;
  readonly #controller = new AbortController();
  #client: ClairClient | undefined;
  #notifier: ClairNotifier | undefined;
  #running: Promise<void> = Promise.resolve();

  private constructor(
    readonly clair: FakeClair,
    readonly registryServer: Server,
  ) {
    registryServer.on('request', ({ url = '' }, response) => {
      if ([...this.locked].some(path => url.startsWith(`/v2/${path}/`))) {
        response.writeHead(401).end();
        return;
      }
      const name = NAMES.find(each => url.endsWith(digestOf(each)));
      if (name) {
        response
          .writeHead(200, {
            'content-type': JSON.parse(String(manifests.get(name))).mediaType,
          })
          .end(manifests.get(name));
      } else {
        this.serveLayer(response);
      }
    });
    this.registry = RegistryClient.create({
      registries: [
        { host: this.registryHost, insecure: true, allowPrivateAddress: true },
      ],
    });
  }

  static async start(): Promise<ClairWorld> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const names = new Map<string, string>(
      NAMES.map(name => [digestOf(name), name]),
    );
    return new ClairWorld(await FakeClair.start(names), server);
  }

  get registryHost(): string {
    return `127.0.0.1:${(this.registryServer.address() as AddressInfo).port}`;
  }

  content(name: ImageName): RunningContent {
    return {
      digest: digestOf(name),
      platform: 'linux/amd64',
      locations: [
        {
          repository: `${this.registryHost}/shop/${name}`,
          use: { places: [] },
        },
      ],
    };
  }

  client({
    threadFromBytes,
    ...settings
  }: Partial<ClairSettings> & { threadFromBytes?: number } = {}): ClairClient {
    const { url } = this.clair;
    this.#client ??= ClairClient.create({
      threadFromBytes,
      settings: { indexer: url, matcher: url, ...settings },
      registry: this.registry,
      now: () => new Date(),
    });
    return this.#client;
  }

  /** Starts the feed; returns when its first round has ended. */
  async run(
    names: ImageName[],
    settings: Partial<ClairSettings> = {},
    others: RunningContent[] = [],
  ): Promise<void> {
    this.contents = [...names.map(name => this.content(name)), ...others];
    const { url } = this.clair;
    this.#notifier = ClairNotifier.create({ url });
    this.#running = ClairFeed.create({
      settings: { indexer: url, matcher: url, ...settings },
      client: this.client(settings),
      notifier: this.#notifier,
      clock: this.clock,
    }).run(this.sink, {
      signal: this.#controller.signal,
      contents: { list: async () => this.contents },
    });
    await this.clock.idle();
  }

  /** The report on an image, as it is stored. */
  reportOn(name: ImageName): ObservedReport | undefined {
    return this.sink
      .source('Clair v4')
      .items.find(({ uid }) => uid === digestOf(name));
  }

  get health() {
    return this.sink.reportOf('Clair v4');
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#running;
    await this.#client?.close();
    await this.#notifier?.close();
    await this.registry.close();
    await this.clair.stop();
    this.registryServer.closeAllConnections();
    await new Promise(resolve => {
      this.registryServer.close(resolve);
    });
  }
}
