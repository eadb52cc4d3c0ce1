import fc from 'fast-check';
import { KubernetesApiServer } from 'sandbox';
import { createDirectTransport, MemoryFeedSink } from '../testUtils';
import { ClusterConnection } from './ClusterConnection';
import { ConvertingTarget } from './ConvertingTarget';
import { Reflector } from './Reflector';

type Item = { uid: string; resourceVersion: string; name: string; app: string };

type Step =
  | { do: 'apply'; name: number; app: number }
  | { do: 'delete'; name: number }
  | { do: 'drop' | 'compact' | 'expire' | 'malformed' | 'repeat' | 'bookmark' }
  | { do: 'lag'; by: number }
  | { do: 'fault'; status: number; path: 'watch=1' | 'limit' | 'pods' }
  | { do: 'restart' | 'breathe' | 'full' };

const name = fc.integer({ min: 0, max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('apply' as const),
      name,
      app: fc.integer({ min: 0, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('delete' as const), name }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'drop' as const,
        'compact' as const,
        'expire' as const,
        'malformed' as const,
        'repeat' as const,
        'bookmark' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('lag' as const),
      by: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      status: fc.constantFrom(401, 403, 404, 410, 429, 500, 504),
      path: fc.constantFrom(
        'watch=1' as const,
        'limit' as const,
        'pods' as const,
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'restart' as const,
        'breathe' as const,
        'breathe' as const,
        'full' as const,
      ),
    }),
  },
);

const turn = () => new Promise<void>(resolve => setImmediate(resolve));

const brief = (item: Item) =>
  [item.name, item.app, item.uid, item.resourceVersion].join(' ');

/** One history: a cluster, a reader that may be restarted, and what it wrote. */
class History {
  readonly #server: KubernetesApiServer;
  readonly #sink = new MemoryFeedSink<Item>();
  #stop: () => Promise<void> = async () => undefined;
  #reflector: Reflector | undefined;

  constructor(server: KubernetesApiServer) {
    this.#server = server;
  }

  start(): void {
    const controller = new AbortController();
    const connection = ClusterConnection.create({
      cluster: 'c',
      transport: createDirectTransport({ c: this.#server.url }),
    });
    const running = this.#sink.whileHolding(
      { source: 'c', signal: controller.signal },
      async ({ writer, signal }) => {
        this.#reflector = Reflector.create({
          connection,
          resource: 'pods',
          form: 'full',
          onHealth: () => undefined,
          timing: {
            stableMs: 1,
            reopenMs: 1,
            firstBackoffMs: 1,
            maxBackoffMs: 5,
            saveEveryMs: 0,
          },
          target: new ConvertingTarget<Item>({
            writer,
            convert: ({ metadata: { labels, ...metadata } }) => ({
              kind: 'item',
              item: {
                uid: metadata.uid,
                resourceVersion: metadata.resourceVersion,
                name: metadata.name,
                app: (labels as { app: string }).app,
              },
            }),
          }),
        });
        await this.#reflector.run(signal);
      },
    );
    this.#stop = async () => {
      controller.abort();
      await running;
    };
  }

  async apply(next: Step): Promise<void> {
    const server = this.#server;
    const own = (index: number) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      name: `p${index}`,
      namespace: 'n',
    });
    switch (next.do) {
      case 'apply': {
        const { name: podName, namespace, ...type } = own(next.name);
        server.apply({
          ...type,
          metadata: {
            name: podName,
            namespace,
            labels: { app: String(next.app) },
          },
        });
        break;
      }
      case 'delete':
        server.delete(own(next.name));
        break;
      case 'drop':
        server.dropWatches();
        break;
      case 'compact':
        server.compact();
        break;
      case 'expire':
        server.compact({ expireWatches: true });
        break;
      case 'malformed':
        server.sendMalformedLine();
        break;
      case 'repeat':
        server.repeatEvents(3);
        break;
      case 'bookmark':
        server.sendBookmarks();
        break;
      case 'lag':
        server.lagBy(next.by);
        break;
      case 'fault':
        server.addFault({
          path: new RegExp(next.path),
          times: 1,
          fault: {
            kind: 'status',
            status: next.status,
            body: JSON.stringify({ kind: 'Status', code: next.status }),
          },
        });
        break;
      case 'restart':
        await this.#stop();
        this.start();
        break;
      case 'full':
        this.#reflector?.requestFullSync();
        break;
      default:
        // Long enough for a request or two; no step may depend on how far the reader gets.
        for (let turns = 0; turns < 60 && !server.openWatches; turns += 1) {
          await turn();
        }
        await turn();
    }
  }

  /** Ends all disturbance, adds one object, and waits until what was written equals the cluster. */
  async settle(): Promise<void> {
    this.#server.clearFaults();
    await this.apply({ do: 'apply', name: 10, app: 0 });
    await this.#sink.until(() => this.written() === this.expected());
  }

  written(): string {
    const { items } = this.#sink.source('c');
    return JSON.stringify(items.map(brief).sort());
  }

  expected(): string {
    const items = this.#server.list('pods').map(({ metadata }) => ({
      uid: String(metadata.uid),
      resourceVersion: String(metadata.resourceVersion),
      name: metadata.name,
      app: metadata.labels?.app ?? '',
    }));
    return JSON.stringify(items.map(brief).sort());
  }

  async end(): Promise<void> {
    await this.#stop();
  }
}

it('has what the cluster has after any history of changes and failures', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      async steps => {
        const server = await KubernetesApiServer.start();
        const history = new History(server);
        try {
          history.start();
          for (const next of steps) {
            await history.apply(next);
          }
          await history.settle();
          expect(history.written()).toBe(history.expected());
        } finally {
          await history.end();
          await server.stop();
        }
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);
