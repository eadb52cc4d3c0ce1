import {
  KubernetesObject,
  ObservedPod,
} from 'backstage-plugin-supply-chain-common';
import { FeedSink, InventoryFeed } from 'backstage-plugin-supply-chain-node';
import {
  Clock,
  ClusterTransport,
  Converted,
  ConvertingTarget,
  followClusters,
  HeldCluster,
  Reflector,
  ReflectorOptions,
  ReflectorTiming,
  SourceHealth,
} from 'backstage-plugin-supply-chain-node/clusters';
import { ClusterSelection } from './clusterSelection';
import { OwnerResolver } from './OwnerResolver';
import { parsePod } from './parsePod';

/** Raise it when `parsePod` makes other items of the same pods. */
const FORMAT = 'pods-1';

// Ended pods of Jobs may outnumber the running ones by far; the server leaves them out.
const RUNNING_PODS = 'status.phase!=Succeeded,status.phase!=Failed';

type Held = HeldCluster<ObservedPod>;

/**
 * Watches the pods of every cluster and finds out what they belong to.
 *
 * @public
 */
export class KubernetesInventoryFeed implements InventoryFeed {
  readonly id = 'kubernetes';
  readonly #transport: ClusterTransport;
  readonly #selection: ClusterSelection;
  readonly #clock?: Clock;
  readonly #timing?: Partial<ReflectorTiming>;

  static create(options: {
    transport: ClusterTransport;
    selection?: ClusterSelection;
    clock?: Clock;
    timing?: Partial<ReflectorTiming>;
  }): KubernetesInventoryFeed {
    return new KubernetesInventoryFeed(options);
  }

  private constructor(options: {
    transport: ClusterTransport;
    selection?: ClusterSelection;
    clock?: Clock;
    timing?: Partial<ReflectorTiming>;
  }) {
    this.#transport = options.transport;
    this.#selection = options.selection ?? {};
    this.#clock = options.clock;
    this.#timing = options.timing;
  }

  run(
    sink: FeedSink<ObservedPod>,
    options: { signal: AbortSignal },
  ): Promise<void> {
    const { clusters, pollIntervalMs } = this.#selection;
    return followClusters<ObservedPod>({
      transport: this.#transport,
      sink,
      signal: options.signal,
      kind: 'cluster',
      clusters,
      pollIntervalMs,
      clock: this.#clock,
      work: held => this.#followCluster(held),
    });
  }

  async #followCluster(held: Held): Promise<void> {
    const { writer, signal, report } = held;
    const stop = new AbortController();
    const health = new SourceHealth({ main: 'pods', report });
    const resolver = new OwnerResolver();
    const pods = this.#reflector({
      held,
      health,
      resource: 'pods',
      form: 'full',
      fieldSelector: RUNNING_PODS,
      resumeKey: FORMAT,
      startsAnew: true,
      target: new ConvertingTarget<ObservedPod>({
        writer,
        convert: object => convertPod(object, resolver),
      }),
    });
    resolver.informs(pods);
    const around = (['replicasets', 'jobs', 'nodes'] as const).map(resource =>
      this.#reflector({
        held,
        health,
        resource,
        form: 'metadata',
        target:
          resource === 'nodes' ? resolver.nodes : resolver.owners[resource],
      }),
    );
    const abort = () => stop.abort();
    signal.addEventListener('abort', abort);
    const running = around.map(reflector => reflector.run(stop.signal));
    try {
      await Promise.all(around.map(({ firstAttempt }) => firstAttempt));
      await Promise.race([pods.run(stop.signal), Promise.all(running)]);
    } finally {
      stop.abort();
      signal.removeEventListener('abort', abort);
      await Promise.allSettled(running);
    }
  }

  #reflector(
    options: {
      held: Held;
      health: SourceHealth;
    } & Pick<
      ReflectorOptions,
      | 'resource'
      | 'form'
      | 'target'
      | 'fieldSelector'
      | 'resumeKey'
      | 'startsAnew'
    >,
  ): Reflector {
    const { held, health, ...rest } = options;
    return Reflector.create({
      ...rest,
      connection: held.connection,
      namespaces:
        rest.resource === 'nodes' ? undefined : this.#selection.namespaces,
      clock: this.#clock,
      timing: this.#timing,
      onHealth: state => health.update(rest.resource, state),
    });
  }
}

function convertPod(
  object: KubernetesObject,
  resolver: OwnerResolver,
): Converted<ObservedPod> {
  const parsed = parsePod(object);
  switch (parsed.kind) {
    case 'pod':
      return { kind: 'item', item: resolver.resolve(parsed.pod) };
    case 'ended':
      return { kind: 'gone' };
    default:
      return parsed;
  }
}
