import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import {
  FeedSink,
  ObservedPolicyReport,
  PolicyReportFeed,
  SourceReport,
  SourceWriter,
} from 'backstage-plugin-supply-chain-node';
import {
  Clock,
  ClusterConnection,
  ClusterTransport,
  Converted,
  ConvertingTarget,
  followClusters,
  READABLE_RESOURCES,
  ReadableResource,
  Reflector,
  ReflectorTiming,
  SharedWriter,
  systemClock,
} from 'backstage-plugin-supply-chain-node/clusters';
import { ClusterSelection } from '../clusterSelection';
import { parsePolicyReport, POLICY_REPORT_FEED_ID } from './parsePolicyReport';
import { isMissing, PolicyReportHealth } from './PolicyReportHealth';

/** The resources other enforcers report by. */
const POLICY_REPORT_RESOURCES = [
  'policyreports',
  'clusterpolicyreports',
  'reports',
  'clusterreports',
] as const satisfies readonly ReadableResource[];
type PolicyReportResource = (typeof POLICY_REPORT_RESOURCES)[number];

/** Raise it when `parsePolicyReport` makes other items of the same reports. */
const FORMAT = 'policy-reports-1';

type FeedOptions = {
  transport: ClusterTransport;
  selection?: ClusterSelection;
  clock?: Clock;
  timing?: Partial<ReflectorTiming>;
};

type Held = {
  connection: ClusterConnection;
  writer: SourceWriter<ObservedPolicyReport>;
  signal: AbortSignal;
  report: (report: Omit<SourceReport, 'kind' | 'name'>) => Promise<void>;
};

/**
 * Watches what other enforcers, such as Kyverno, report in every cluster. Limited to namespaces it leaves the reports of
 * the cluster as a whole alone: a role of a namespace does not reach them.
 *
 * @public
 */
export class PolicyReportsFeed implements PolicyReportFeed {
  readonly id = POLICY_REPORT_FEED_ID;
  readonly #options: FeedOptions;
  readonly #clock: Clock;

  static create(options: FeedOptions): PolicyReportsFeed {
    return new PolicyReportsFeed(options);
  }

  private constructor(options: FeedOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  run(
    sink: FeedSink<ObservedPolicyReport>,
    options: { signal: AbortSignal },
  ): Promise<void> {
    const { transport, selection = {} } = this.#options;
    return followClusters<ObservedPolicyReport>({
      transport,
      sink,
      signal: options.signal,
      kind: 'enforcer',
      clusters: selection.clusters,
      pollIntervalMs: selection.pollIntervalMs,
      clock: this.#clock,
      work: held => this.#followCluster(held),
    });
  }

  async #followCluster(held: Held): Promise<void> {
    const { writer, signal, report } = held;
    const resources = this.#resources();
    const shared = await SharedWriter.create(writer);
    const health = new PolicyReportHealth({ parts: resources, report });
    const stop = new AbortController();
    const abort = () => stop.abort();
    signal.addEventListener('abort', abort);
    const running = resources.map(resource =>
      this.#reflector({ held, shared, health, resource }).run(stop.signal),
    );
    try {
      // The first that ends has lost the lease, as the others are about to.
      await Promise.race(running);
    } finally {
      stop.abort();
      signal.removeEventListener('abort', abort);
      await Promise.allSettled(running);
    }
  }

  #resources(): PolicyReportResource[] {
    const all = !this.#options.selection?.namespaces?.length;
    return POLICY_REPORT_RESOURCES.filter(
      resource => all || READABLE_RESOURCES[resource].namespaced,
    );
  }

  #reflector(options: {
    held: Held;
    shared: SharedWriter<ObservedPolicyReport>;
    health: PolicyReportHealth;
    resource: PolicyReportResource;
  }): Reflector {
    const { held, shared, health, resource } = options;
    const clock = this.#clock;
    const cluster = held.connection.name;
    const part = shared.part(resource);
    let missing = false;
    const reflector = Reflector.create({
      connection: held.connection,
      resource,
      form: 'full',
      namespaces: this.#options.selection?.namespaces,
      resumeKey: FORMAT,
      clock,
      timing: this.#options.timing,
      onHealth: async state => {
        if (isMissing(state) && !missing) {
          // Reports end with their definition. What comes back with it is read anew.
          await part.clear();
          reflector.requestFullSync();
        }
        missing = isMissing(state);
        await health.update(resource, state);
      },
      target: new ConvertingTarget<ObservedPolicyReport>({
        writer: part,
        convert: object => {
          const seenAt = clock.now().toISOString();
          return convertReport(object, { cluster, resource, seenAt });
        },
      }),
    });
    return reflector;
  }
}

function convertReport(
  object: KubernetesObject,
  options: { cluster: string; resource: PolicyReportResource; seenAt: string },
): Converted<ObservedPolicyReport> {
  const { resource, ...rest } = options;
  const { group, version, kind } = READABLE_RESOURCES[resource];
  const expected = { apiVersion: `${group}/${version}`, kind };
  const parsed = parsePolicyReport(object, { ...rest, expected });
  return parsed.kind === 'report'
    ? { kind: 'item', item: parsed.report }
    : parsed;
}
