import {
  KubernetesInventoryFeed,
  PolicyReportsFeed,
} from 'backstage-plugin-supply-chain-backend-module-kubernetes/collector';
import {
  OPERATOR_RESOURCES,
  TrivyChecksFeed,
  TrivyFeed,
  TrivySbomFeed,
} from 'backstage-plugin-supply-chain-backend-module-trivy/collector';
import { ObservedPod } from 'backstage-plugin-supply-chain-common';
import {
  FeedSink,
  ObservedPolicyReport,
  ObservedReport,
} from 'backstage-plugin-supply-chain-node';
import {
  Clock,
  ClusterTransport,
} from 'backstage-plugin-supply-chain-node/clusters';
import { Knex } from 'knex';
import { KubernetesApiServer, KubernetesObject } from 'sandbox';
import { CachedLinker } from '../../database/CachedLinker';
import { createPolicyReportStore } from '../../database/createPolicyReportStore';
import { createReportStore } from '../../database/createReportStore';
import { createSbomStore } from '../../database/createSbomStore';
import { DatabasePodStore } from '../../database/DatabasePodStore';
import {
  ClusterReportEntryRow,
  ClusterSbomRow,
  PodRow,
  PolicyReportObjectRow,
  PolicyReportRow,
  ReportRow,
  SbomReportRow,
} from '../../database/tables';
import { SourceStore } from '../../stores/SourceStore';
import {
  nodes,
  ObjectKind,
  pods,
  operatorReports,
  policyReports,
  replicaSets,
  sbomReports,
  scanTimeOf,
  vulnerabilityReports,
} from './objects';

/** The write an object stems from, as {@link markerOf} reads it back. */
const MARKER = 'history/write';

type FeedOptions = { transport: ClusterTransport; clock: Clock };
type RunOptions = { signal: AbortSignal };

/** A feed, what it reads, and how what it stored is compared with the cluster. */
export type Subject<T extends { uid: string; resourceVersion: string }> = {
  feed: string;
  /** How its source is called on the sources page. */
  source: 'cluster' | 'scanner' | 'enforcer' | 'checks' | 'contents';
  kinds: readonly ObjectKind[];
  /** Everything it asks for, `kinds` included. */
  plurals: readonly string[];
  /** Its reports end with their definition: a missing resource is no outage. */
  forgetsMissing?: boolean;
  store: (knex: Knex, clock: Clock) => SourceStore<T>;
  run: (
    feed: FeedOptions,
    sink: FeedSink<T>,
    options: RunOptions,
  ) => Promise<void>;
  /** One line for each row. */
  stored: (knex: Knex) => Promise<string[]>;
  /** Key of each row there has to be, and its line. */
  expected: (server: KubernetesApiServer) => Map<string, string>;
};

export const trivy: Subject<ObservedReport> = {
  feed: 'trivy',
  source: 'scanner',
  kinds: [vulnerabilityReports],
  plurals: ['vulnerabilityreports'],
  store: (knex, clock) => createReportStore({ knex, now: clock.now }),
  run: (feed, sink, options) => TrivyFeed.create(feed).run(sink, options),
  stored: async knex => {
    // What the cluster holds no more stands for a while, and is no row of its source.
    const rows: ReportRow[] = await knex('reports').whereNull('gone_at');
    return rows.map(row =>
      [row.uid, row.resource_version, row.status, row.scanned_at].join(' '),
    );
  },
  expected: server =>
    linesOf(server.list('vulnerabilityreports'), ({ metadata }, marker) => [
      metadata.uid,
      [metadata.resourceVersion, 'present', scanTimeOf(marker)],
    ]),
};

export const enforcers: Subject<ObservedPolicyReport> = {
  feed: 'policy-reports',
  source: 'enforcer',
  kinds: policyReports,
  plurals: policyReports.map(({ plural }) => plural),
  forgetsMissing: true,
  store: knex => createPolicyReportStore({ knex }),
  run: (feed, sink, options) =>
    PolicyReportsFeed.create(feed).run(sink, options),
  stored: async knex => {
    const rows: (PolicyReportRow & PolicyReportObjectRow)[] = await knex(
      'policy_reports',
    ).leftJoin('policy_report_objects', {
      'policy_reports.uid': 'policy_report_objects.uid',
      'policy_reports.source': 'policy_report_objects.source',
    });
    return rows.map(row => {
      const { results } = JSON.parse(row.evidence).detail;
      return [row.uid, row.resource_version, results[0].message].join(' ');
    });
  },
  expected: server =>
    new Map(
      policyReports.flatMap(({ plural }) => [
        ...linesOf(server.list(plural), ({ metadata }, marker) => [
          `${plural}/${metadata.uid}`,
          [metadata.resourceVersion, `write ${marker}`],
        ]),
      ]),
    ),
};

/** Reports on what lies in namespaces and on the cluster as a whole, which end in different tables. */
export const checks: Subject<ObservedPolicyReport> = {
  feed: 'trivy-checks',
  source: 'checks',
  kinds: operatorReports,
  plurals: OPERATOR_RESOURCES,
  forgetsMissing: true,
  store: knex => createPolicyReportStore({ knex }),
  run: (feed, sink, options) => TrivyChecksFeed.create(feed).run(sink, options),
  stored: async knex => {
    const reports: PolicyReportRow[] = await knex('policy_reports');
    const objects: PolicyReportObjectRow[] = await knex(
      'policy_report_objects',
    );
    const entries: ClusterReportEntryRow[] = await knex(
      'cluster_report_entries',
    );
    return reports.map(({ uid, resource_version: version }) => {
      const of = (row: { uid: string }) => row.uid === uid;
      const said = [
        ...objects
          .filter(of)
          .map(({ evidence }) => JSON.parse(evidence).detail.results[0].title),
        ...entries.filter(of).map(({ detail }) => {
          const { title, name } = JSON.parse(detail);
          return title ?? name;
        }),
      ];
      return [uid, version, ...said].join(' ');
    });
  },
  expected: server =>
    new Map(
      operatorReports.flatMap(({ plural }) => [
        ...linesOf(server.list(plural), ({ metadata }, marker) => [
          `${plural}/${metadata.uid}`,
          [metadata.resourceVersion, `write ${marker}`],
        ]),
      ]),
    ),
};

/** Of images and of the cluster itself, which end in different tables. */
export const sboms: Subject<ObservedReport<'sbom'>> = {
  feed: 'trivy-sboms',
  source: 'contents',
  kinds: sbomReports,
  plurals: sbomReports.map(({ plural }) => plural),
  forgetsMissing: true,
  store: knex => createSbomStore({ knex }),
  run: (feed, sink, options) => TrivySbomFeed.create(feed).run(sink, options),
  stored: async knex => {
    const rows: SbomReportRow[] = await knex('sbom_reports');
    const clusters: ClusterSbomRow[] = await knex('cluster_sboms');
    const told = new Map(clusters.map(row => [row.uid, row.generated_at]));
    const lines = rows.map(({ uid, resource_version: version, ...row }) => {
      const { status, observed_at: observedAt } = row;
      const isOfCluster = uid.startsWith('clustersbomreports/');
      const at = isOfCluster ? told.get(uid) : observedAt;
      told.delete(uid);
      return [uid, version, status, at].join(' ');
    });
    // What no report tells any more.
    return [...lines, ...told.keys()];
  },
  expected: server =>
    new Map(
      sbomReports.flatMap(({ plural }) => [
        ...linesOf(server.list(plural), ({ metadata }, marker) => [
          `${plural}/${metadata.uid}`,
          [metadata.resourceVersion, 'present', scanTimeOf(marker)],
        ]),
      ]),
    ),
};

export const inventory: Subject<ObservedPod> = {
  feed: 'kubernetes',
  source: 'cluster',
  kinds: [pods, replicaSets, pods, nodes],
  plurals: ['pods', 'replicasets', 'jobs', 'nodes'],
  store: (knex, clock) => {
    const linker = new CachedLinker();
    return DatabasePodStore.create({
      knex,
      linker: transaction => linker.read(transaction),
      now: clock.now,
    });
  },
  run: (feed, sink, options) =>
    KubernetesInventoryFeed.create(feed).run(sink, options),
  stored: async knex => {
    const rows: PodRow[] = await knex('pods');
    return rows.map(row => {
      const { labels, platform }: ObservedPod = JSON.parse(row.content);
      return [
        row.uid,
        row.resource_version,
        labels.write,
        row.workload_kind,
        row.workload_name,
        platform,
      ].join(' ');
    });
  },
  expected: server =>
    linesOf(
      server
        .list('pods')
        .filter(
          ({ status }) => (status as { phase: string }).phase === 'Running',
        ),
      (pod, marker) => [
        pod.metadata.uid,
        [
          pod.metadata.resourceVersion,
          marker,
          ...workloadOf(pod, server),
          platformOf(pod, server),
        ],
      ],
    ),
};

function workloadOf(
  pod: KubernetesObject,
  server: KubernetesApiServer,
): string[] {
  const [{ kind, name, uid }] = pod.metadata.ownerReferences ?? [];
  const [owner] =
    server.list('replicasets').find(({ metadata }) => metadata.uid === uid)
      ?.metadata.ownerReferences ?? [];
  return owner ? [owner.kind, owner.name] : [kind, name];
}

function platformOf(
  pod: KubernetesObject,
  server: KubernetesApiServer,
): string | undefined {
  const { nodeName } = pod.spec as { nodeName: string };
  const labels = server
    .list('nodes')
    .find(({ metadata }) => metadata.name === nodeName)?.metadata.labels;
  return labels && `linux/${labels['kubernetes.io/arch']}`;
}

function linesOf(
  objects: KubernetesObject[],
  lineOf: (
    object: KubernetesObject,
    marker: number,
  ) => [string | undefined, unknown[]],
): Map<string, string> {
  return new Map(
    objects.map(object => {
      const marker = Number(object.metadata.annotations?.[MARKER]);
      const [key, parts] = lineOf(object, marker);
      return [String(key), [key, ...parts].join(' ')];
    }),
  );
}

/** The object as it is written to the cluster. */
export function objectOf(
  kind: ObjectKind,
  options: { number: number; marker: number },
): KubernetesObject {
  const { type, namespace } = kind;
  const name = nameOf(kind, options.number);
  const made = kind.make({ name, ...options }) as Partial<KubernetesObject>;
  return {
    ...made,
    ...type,
    metadata: {
      ...made.metadata,
      name,
      namespace,
      annotations: { [MARKER]: String(options.marker) },
    },
  };
}

/** The name of an object of a kind. */
export function nameOf({ type }: ObjectKind, number: number): string {
  return `${type.kind.toLowerCase()}-${number}`;
}
