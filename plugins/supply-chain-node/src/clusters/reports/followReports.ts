import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import {
  FeedSink,
  ObservedPolicyReport,
  ParsedReport,
  PolicyReportFeed,
  ReportOrigin,
} from '../../feeds';
import { Clock, systemClock } from '../Clock';
import { ClusterTransport } from '../ClusterTransport';
import { Converted, ConvertingTarget } from '../ConvertingTarget';
import { followClusters, HeldCluster } from '../followClusters';
import { READABLE_RESOURCES, ReadableResource } from '../readableResources';
import { Reflector } from '../Reflector';
import { ReflectorTiming } from '../reflectorTiming';
import { runWithHints } from '../runWithHints';
import { SharedWriter } from '../SharedWriter';
import { ReportDefinition } from './ReportDefinition';
import { ReportHealth } from './ReportHealth';

/**
 * Which clusters and namespaces are read, and how often the list of clusters is.
 *
 * @public
 */
export type ReportSelection = {
  /** All clusters of the Kubernetes plugin when left out. */
  clusters?: string[];
  /** All namespaces when left out. */
  namespaces?: string[];
  /** @defaultValue 60 s */
  pollIntervalMs?: number;
};

/** What tells stored reports apart. */
type Observed = { uid: string; resourceVersion: string };

/**
 * Options of {@link followReports}.
 *
 * @public
 */
export type FollowReportsOptions<
  R extends ReadableResource,
  T extends Observed = ObservedPolicyReport,
> = {
  sink: FeedSink<T>;
  signal: AbortSignal;
  transport: ClusterTransport;
  kind: NonNullable<PolicyReportFeed['sourceKind']> | 'contents';
  /** What the reports are read by. Hardly a cluster has all of them. */
  resources: readonly R[];
  /** Changes when `parse` makes other items of the same reports, so that all are read anew. */
  resumeKey: string;
  /** Malformed leaves what is stored of the report as it is, and names it in the health of its cluster. */
  parse: (object: KubernetesObject, origin: ReportOrigin<R>) => ParsedReport<T>;
  selection?: ReportSelection;
  clock?: Clock;
  timing?: Partial<ReflectorTiming>;
};

/**
 * What a feed of reports is made with.
 *
 * @public
 */
export type ReportFeedOptions = Pick<
  FollowReportsOptions<ReadableResource>,
  'transport' | 'selection' | 'clock' | 'timing'
>;

/**
 * Watches several resources of every cluster as one source each, until `signal` aborts. Limited to namespaces it leaves
 * the resources of the cluster as a whole alone: a role of a namespace does not reach them. What is no longer installed,
 * as the cluster itself says, takes its reports with it.
 *
 * @public
 */
export function followReports<
  R extends ReadableResource,
  T extends Observed = ObservedPolicyReport,
>(options: FollowReportsOptions<R, T>): Promise<void> {
  const { transport, sink, signal, kind, selection, clock } = options;
  return followClusters<T>({
    transport,
    sink,
    signal,
    kind,
    clusters: selection?.clusters,
    pollIntervalMs: selection?.pollIntervalMs,
    clock,
    work: held => followCluster(options, held),
  });
}

async function followCluster<R extends ReadableResource, T extends Observed>(
  options: FollowReportsOptions<R, T>,
  held: HeldCluster<T>,
): Promise<void> {
  const { writer, signal, report } = held;
  const resources = resourcesOf(options);
  const shared = await SharedWriter.create(writer);
  const health = new ReportHealth({ parts: resources, report });
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal.addEventListener('abort', abort);
  const reflectors = new Map(
    resources.map(resource => [
      resource,
      reflectorOf(options, { held, shared, health, resource }),
    ]),
  );
  const running = [...reflectors.values()].map(reflector =>
    reflector.run(stop.signal),
  );
  const { clock = systemClock } = options;
  const { hints } = held;
  try {
    await runWithHints({ hints, reflectors, clock, signal }, async () => {
      // The first that ends has lost the lease, as the others are about to.
      await Promise.race(running);
    });
  } finally {
    stop.abort();
    signal.removeEventListener('abort', abort);
    await Promise.allSettled(running);
  }
}

function resourcesOf<R extends ReadableResource>({
  resources,
  selection,
}: Pick<FollowReportsOptions<R>, 'resources' | 'selection'>): R[] {
  const all = !selection?.namespaces?.length;
  return resources.filter(
    resource => all || READABLE_RESOURCES[resource].namespaced,
  );
}

function reflectorOf<R extends ReadableResource, T extends Observed>(
  options: FollowReportsOptions<R, T>,
  part: {
    held: HeldCluster<T>;
    shared: SharedWriter<T>;
    health: ReportHealth;
    resource: R;
  },
): Reflector {
  const { selection, resumeKey, timing, clock = systemClock } = options;
  const { held, shared, health, resource } = part;
  const cluster = held.connection.name;
  const { group, version, kind } = READABLE_RESOURCES[resource];
  const expected = { apiVersion: `${group}/${version}`, kind };
  const writer = shared.part(resource);
  const definition = new ReportDefinition({
    connection: held.connection,
    resource,
    signal: held.signal,
    hasReports: async () => (await writer.knownVersions()).size > 0,
  });
  let wasGone = false;
  const reflector = Reflector.create({
    connection: held.connection,
    resource,
    form: 'full',
    namespaces: selection?.namespaces,
    resumeKey,
    clock,
    timing,
    onHealth: async looked => {
      const { isGone, health: judged } = await definition.judge(looked);
      if (isGone && !wasGone) {
        // Reports end with their definition. What comes back with it is read anew.
        await writer.clear();
        reflector.requestFullSync();
      }
      wasGone = isGone;
      await health.update(resource, judged, { isInstalled: !isGone });
    },
    target: new ConvertingTarget<T>({
      writer,
      convert: object => {
        const seenAt = clock.now().toISOString();
        const origin = { cluster, resource, expected, seenAt };
        return itemOf(options.parse(object, origin));
      },
    }),
  });
  return reflector;
}

function itemOf<T>(parsed: ParsedReport<T>): Converted<T> {
  if (parsed.kind !== 'report') {
    return parsed;
  }
  const { report: item, problem } = parsed;
  return { kind: 'item', item, ...(problem !== undefined && { problem }) };
}
