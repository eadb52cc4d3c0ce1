import { Fault, KubernetesApiServer, KubernetesObject } from 'sandbox';
import { SourceWriter } from '../../feeds';
import { createDirectTransport, MemoryFeedSink } from '../../testUtils';
import { ClusterConnection } from '../ClusterConnection';
import { ClusterTransport, TransportRequest } from '../ClusterTransport';
import { ConvertingTarget } from '../ConvertingTarget';
import { Reflector, ReflectorOptions } from '../Reflector';
import { ReflectorHealth } from '../ReflectorHealth';

type Item = { uid: string; resourceVersion: string; name: string; app: string };

const TIMING = {
  stableMs: 5,
  reopenMs: 1,
  firstBackoffMs: 1,
  maxBackoffMs: 20,
  saveEveryMs: 0,
};

/** A pod; one with the app `unreadable` is refused, one with `doubtful` is stored and named. */
export function pod(
  name: string,
  app = 'v1',
  namespace = 'shop',
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app } },
    spec: { containers: [] },
  };
}

/** A refusal in the form of an API server. */
export const refusal = (status: number): Fault => ({
  kind: 'status',
  status,
  body: JSON.stringify({ kind: 'Status', code: status, message: 'no' }),
});

/** An API server, and a reflector that reads its pods into memory. */
export class ReflectorWorld {
  readonly sink = new MemoryFeedSink<Item>();
  readonly server: KubernetesApiServer;
  health: ReflectorHealth[] = [];
  reflector!: Reflector;
  stop: () => Promise<void> = async () => undefined;
  readonly #onRequest: (request: TransportRequest) => void;

  static async create(
    objects: KubernetesObject[],
    onRequest: (request: TransportRequest) => void = () => undefined,
  ): Promise<ReflectorWorld> {
    const server = await KubernetesApiServer.start({ objects });
    return new ReflectorWorld(server, onRequest);
  }

  private constructor(
    server: KubernetesApiServer,
    onRequest: (request: TransportRequest) => void,
  ) {
    this.server = server;
    this.#onRequest = onRequest;
  }

  get source() {
    return this.sink.source('production');
  }

  get names(): string[] {
    return this.source.items.map(({ name, app }) => `${name}:${app}`).sort();
  }

  get lastHealth(): ReflectorHealth | undefined {
    return this.health.at(-1);
  }

  paths(verb: string): string[] {
    return this.server.requests
      .filter(request => request.verb === verb)
      .map(({ path }) => path);
  }

  start(options: Partial<ReflectorOptions> = {}): void {
    const controller = new AbortController();
    const { timing, ...rest } = options;
    this.health = [];
    const running = this.sink.whileHolding(
      { source: 'production', signal: controller.signal },
      async ({ writer, signal }) => {
        this.reflector = Reflector.create({
          connection: ClusterConnection.create({
            cluster: 'production',
            transport: this.#transport(),
          }),
          resource: 'pods',
          form: 'full',
          timing: { ...TIMING, ...timing },
          onHealth: async state => {
            this.health.push(state);
            await this.sink.report({
              kind: 'cluster',
              name: 'production',
              ...state,
            });
          },
          target: targetOf(writer as SourceWriter<Item>),
          ...rest,
        });
        await this.reflector.run(signal);
      },
    );
    this.stop = async () => {
      controller.abort();
      await running;
    };
  }

  async end(): Promise<void> {
    await this.stop();
    await this.server.stop();
  }

  /** Waits for something the sink does not see, such as a watch that opens. */
  async eventually(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  #transport(): ClusterTransport {
    const direct = createDirectTransport({ production: this.server.url });
    return {
      ...direct,
      get: request => {
        this.#onRequest(request);
        return direct.get(request);
      },
    };
  }
}

function targetOf(writer: SourceWriter<Item>): ConvertingTarget<Item> {
  return new ConvertingTarget<Item>({
    writer,
    convert: ({ metadata: { uid, resourceVersion, name, labels } }) => {
      const { app } = labels as { app: string };
      return app === 'unreadable'
        ? { kind: 'malformed', message: 'no spec' }
        : {
            kind: 'item',
            item: { uid, resourceVersion, name, app },
            ...(app === 'doubtful' && { problem: 'half a spec' }),
          };
    },
  });
}
