import {
  EvidenceOf,
  evaluatePolicies,
  imageFacts,
  judgeImage,
  JudgedImage,
  ObservedPod,
  PolicyReportDetail,
  parseDigest,
  PolicyFacts,
  PolicySet,
  vulnerabilityFigures,
} from 'backstage-plugin-supply-chain-common';
import { ClusterEvidence } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { entityRowOf } from '../../catalog/entityRowOf';
import { DatabaseExploitDataStore } from '../../database/DatabaseExploitDataStore';
import { evidenceRowOf } from '../../database/operations/evidence/evidenceRow';
import { upsertPolicyReports } from '../../database/operations/policyReports/upsertPolicyReports';
import { packReport } from 'backstage-plugin-supply-chain-node';
import { reportRowOf } from '../../database/operations/reports/reportRow';
import { imageOf } from '../../database/operations/runningImages/imageOf';
import { runningImageRow } from '../../database/operations/runningImages/runningImageRow';
import { imageSummaryRowOf } from '../../database/operations/summaries/imageSummaryRow';
import { putScans } from '../../database/operations/scans/putScans';
import { upsertSbomReports } from '../../database/operations/sboms/upsertSbomReports';
import { replaceSigners } from '../../database/operations/verdicts/replaceSigners';
import { indexFindings } from '../../database/operations/vulnerabilities/indexFindings';
import { waiverRowOf } from '../../database/operations/waivers/waiverRow';
import { replaceVerdicts } from '../../database/operations/verdicts/replaceVerdicts';
import {
  HistoryRow,
  RunningImageRow,
  SourceHealthRow,
  WorkRow,
} from '../../database/tables';
import { summariseEntity } from '../../derivations/summariseEntity';
import { StoredWaiver } from '../../stores/WaiverStore';

/** The instant everything in the world was judged at. */
export const NOW = new Date('2026-07-01T12:00:00.000Z');

/** An instant some hours before {@link NOW}. */
export function hoursAgo(hours: number): string {
  return new Date(NOW.getTime() - hours * 60 * 60 * 1_000).toISOString();
}

/** A digest that is easily told from others: one hexadecimal digit, repeated. */
export function digestOf(digit: string) {
  return parseDigest(`sha256:${digit.repeat(64)}`)!;
}

/** A container somewhere. */
export type RunOptions = {
  cluster: string;
  namespace: string;
  workload: string;
  repository: string;
  tag: string;
  digest?: ReturnType<typeof digestOf>;
  /** Empty: a workload of no entity. */
  entityRefs: string[];
  running?: boolean;
  started?: boolean;
  labels?: Record<string, string>;
  /** RFC 3339. */
  firstSeen?: string;
  /** RFC 3339. */
  lastSeen?: string;
  /** @defaultValue true */
  isJudged?: boolean;
  scans?: EvidenceOf<'vulnerabilities'>[];
  signatures?: EvidenceOf<'signature'>[];
  provenance?: EvidenceOf<'provenance'>;
};

/** Fills tables through the functions that fill them in production. */
export class StoredWorld {
  readonly #knex: Knex;
  readonly #policySet: PolicySet;
  readonly #judged = new Map<string, JudgedImage[]>();

  constructor(options: { knex: Knex; policySet: PolicySet }) {
    this.#knex = options.knex;
    this.#policySet = options.policySet;
  }

  async addEntity(options: {
    name: string;
    owner: string;
    system?: string;
    lifecycle?: string;
    title?: string;
    annotations?: Record<string, string>;
  }): Promise<void> {
    const { name, owner, system, lifecycle, title, annotations } = options;
    const relations = [{ type: 'ownedBy', targetRef: owner }];
    if (system) {
      relations.push({ type: 'partOf', targetRef: system });
    }
    await this.#knex('entities').insert(
      entityRowOf({
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name, namespace: 'default', title, annotations },
          spec: { type: 'service', lifecycle },
          relations,
        },
        domains: new Map(),
        now: NOW,
      }),
    );
  }

  async addRun(options: RunOptions): Promise<RunningImageRow> {
    const { entityRefs, running = true, isJudged = true } = options;
    const row: RunningImageRow = {
      ...rowOf(options),
      running,
      first_seen: options.firstSeen ?? hoursAgo(48),
      last_seen: options.lastSeen ?? hoursAgo(1),
    };
    await this.#knex('running_images').insert(row);
    if (row.subject_key) {
      await this.#addSubject(row);
    }
    if (entityRefs.length > 0) {
      await this.#knex('running_image_entities').insert(
        entityRefs.map(entity_ref => ({
          running_image_id: row.id,
          entity_ref,
        })),
      );
    }
    await this.#addPod(options);
    if (isJudged) {
      for (const entityRef of entityRefs.length > 0 ? entityRefs : ['']) {
        await this.#judge({ row, entityRef, run: options });
      }
    }
    return row;
  }

  /** Writes the summary of every entity that has a judged image. */
  async summarise(): Promise<void> {
    for (const [entityRef, images] of this.#judged) {
      if (entityRef !== '') {
        await this.#knex('entity_summaries').insert({
          ...summariseEntity({
            entityRef,
            images,
            settled: true,
            catchingUp: false,
          }),
          problems: '{"failing":{},"known":[]}',
          changed_at: hoursAgo(3),
        });
      }
    }
  }

  async addEvidence(
    evidence: EvidenceOf<'origin'> | EvidenceOf<'signature'>,
  ): Promise<void> {
    await this.#knex('evidence').insert(
      evidenceRowOf({ evidence, hash: 'h', trust: {} }),
    );
  }

  async addReport(options: {
    cluster: string;
    namespace: string;
    workload: string;
    evidence: EvidenceOf<'vulnerabilities'>;
  }): Promise<void> {
    const { cluster, namespace, workload, evidence } = options;
    const report = packReport({
      uid: `${cluster}-${namespace}-${workload}`,
      resourceVersion: '1',
      namespace,
      controller: { kind: 'ReplicaSet', name: `${workload}-1` },
      container: 'main',
      evidence,
    });
    const { collector: feed } = evidence;
    await this.#knex('reports').insert(
      reportRowOf({ feed, source: cluster, report }),
    );
    const packed = report.evidence.detail?.packed;
    await this.#knex.transaction(transaction =>
      putScans({ transaction, scans: packed ? [packed] : [], now: new Date() }),
    );
  }

  /** What an SBOM says is in an image, or why it was refused. */
  async addSbom(options: {
    cluster: string;
    namespace: string;
    workload: string;
    evidence: EvidenceOf<'sbom'>;
  }): Promise<void> {
    const { cluster, namespace, workload, evidence } = options;
    await this.#knex.transaction(transaction =>
      upsertSbomReports({
        transaction,
        feed: evidence.collector,
        source: cluster,
        reports: [
          {
            uid: `${cluster}-${namespace}-${workload}`,
            resourceVersion: '1',
            namespace,
            controller: { kind: 'ReplicaSet', name: `${workload}-1` },
            container: 'main',
            evidence,
          },
        ],
      }),
    );
  }

  /** A catalogue that lists one vulnerability as known to be exploited. */
  async addKnownExploited(id: string): Promise<void> {
    const store = DatabaseExploitDataStore.create({ knex: this.#knex });
    await store.keepSources([{ kind: 'knownExploited', source: 'kev.json' }]);
    await store.putKnownExploited({
      data: {
        version: '1',
        datedAt: NOW.toISOString(),
        entries: 1,
        digest: id,
        validators: {},
      },
      entries: [
        {
          id,
          dateAdded: '2026-06-01',
          dueDate: '2026-06-22',
          ransomware: false,
        },
      ],
      judgeAll: false,
    });
  }

  /** What a report says of a cluster as a whole. */
  async addClusterReport(
    uid: string,
    evidence: ClusterEvidence,
  ): Promise<void> {
    const { subject } = evidence;
    if (subject.type !== 'cluster') {
      throw new TypeError(`expected a cluster, got ${subject.type}`);
    }
    await this.#knex.transaction(transaction =>
      upsertPolicyReports({
        transaction,
        feed: 'trivy-checks',
        source: subject.cluster,
        reports: [
          { uid, resourceVersion: '1', objects: [], cluster: evidence },
        ],
      }),
    );
  }

  /** What another enforcer reports on one object, or a scanner checked of it. */
  async addPolicyReport(options: {
    cluster: string;
    namespace: string;
    kind: string;
    name: string;
    detail: PolicyReportDetail;
  }): Promise<void> {
    const { detail, ...object } = options;
    const { topic = 'policyreports' } = detail;
    await this.#knex.transaction(transaction =>
      upsertPolicyReports({
        transaction,
        feed: 'policy-reports',
        source: options.cluster,
        reports: [
          {
            uid: `${topic}/${JSON.stringify(object)}`,
            resourceVersion: '1',
            objects: [
              {
                evidence: {
                  subject: { type: 'workload', ...object },
                  collector: 'policy-reports',
                  kind: 'policyReport',
                  status: 'present',
                  observedAt: hoursAgo(1),
                  detail,
                },
              },
            ],
          },
        ],
      }),
    );
  }

  async addSource(
    source: Pick<SourceHealthRow, 'kind' | 'name' | 'state'> &
      Partial<SourceHealthRow>,
  ): Promise<void> {
    await this.#knex('source_health').insert(source);
  }

  async addHistory(
    entry: Pick<HistoryRow, 'at' | 'kind'> & Partial<HistoryRow>,
  ): Promise<void> {
    await this.#knex('history').insert({ entity_ref: '', ...entry });
  }

  async addWaiver(waiver: StoredWaiver): Promise<void> {
    await this.#knex('waivers').insert(waiverRowOf(waiver));
  }

  async addWork(work: Partial<WorkRow>): Promise<void> {
    await this.#knex('work').insert({
      next_attempt_at: '2999-01-01T00:00:00.000Z',
      ticket: 'ticket',
      ...work,
    });
  }

  async #addSubject(row: RunningImageRow): Promise<void> {
    await this.#knex('subjects')
      .insert({
        key: row.subject_key,
        repository: row.repository,
        digest: row.digest,
        image_refs: JSON.stringify([row.image_ref]),
        first_seen: row.first_seen,
        last_seen: row.last_seen,
      })
      .onConflict('key')
      .ignore();
    await this.#knex('subject_digests')
      .insert({
        subject_key: row.subject_key,
        digest: row.digest,
        relation: 'self',
      })
      .onConflict(['subject_key', 'digest'])
      .ignore();
  }

  async #addPod(run: RunOptions): Promise<void> {
    const content: Partial<ObservedPod> = {
      name: `${run.workload}-1-abc`,
      controller: {
        kind: 'ReplicaSet',
        name: `${run.workload}-1`,
        uid: `${run.workload}-1-uid`,
      },
      labels: run.labels ?? {},
    };
    await this.#knex('pods').insert({
      feed: 'kubernetes',
      cluster: run.cluster,
      uid: `${run.namespace}-${run.workload}-${run.tag}-${run.repository}`,
      namespace: run.namespace,
      workload_kind: 'Deployment',
      workload_name: run.workload,
      resource_version: '1',
      hash: 'h',
      content: JSON.stringify(content),
    });
  }

  async #judge(options: {
    row: RunningImageRow;
    entityRef: string;
    run: RunOptions;
  }): Promise<void> {
    const { row, entityRef, run } = options;
    const { policies, trustRoots } = this.#policySet;
    const image = imageOf(row);
    const facts: PolicyFacts = {
      ...imageFacts(image),
      entity: null,
      signatures: run.signatures ?? [],
      provenance: run.provenance,
      scans: run.scans ?? [],
      vulnerabilityClocks: [],
    };
    const evaluation = evaluatePolicies({
      facts,
      policies,
      trustRoots,
      now: NOW,
    });
    const judged = judgeImage({
      image,
      running: Boolean(row.running),
      facts,
      policies,
      trustRoots,
      evaluation,
      now: NOW,
    });
    this.#judged.set(entityRef, [
      ...(this.#judged.get(entityRef) ?? []),
      judged,
    ]);
    const judgement = { entityRef, evaluation, judged };
    await this.#knex('image_summaries').insert(
      imageSummaryRowOf({ runningImageId: row.id, judgement }),
    );
    const stored = {
      transaction: this.#knex as Knex.Transaction,
      runningImageId: row.id,
      judgement,
    };
    await replaceVerdicts(stored);
    await replaceSigners(stored);
    const { findings } = vulnerabilityFigures({
      facts,
      policies,
      trustRoots,
      now: NOW,
    });
    await indexFindings({
      transaction: stored.transaction,
      judged: [
        {
          runningImageId: row.id,
          judgement: { ...judgement, ...(findings && { findings }) },
        },
      ],
    });
  }
}

function rowOf(run: RunOptions): RunningImageRow {
  return runningImageRow({
    image: {
      cluster: run.cluster,
      namespace: run.namespace,
      workload: { kind: 'Deployment', name: run.workload },
      container: 'main',
      containerType: 'app',
      imageRef: `${run.repository}:${run.tag}`,
      repository: run.repository,
      ...(run.digest && { digest: run.digest }),
      digestSource: run.digest ? 'imageID' : 'none',
      platform: 'linux/amd64',
      started: run.started ?? true,
      pods: 2,
      controllers: [{ kind: 'ReplicaSet', name: `${run.workload}-1` }],
      firstSeen: hoursAgo(48),
      lastSeen: hoursAgo(1),
    },
    entityRefs: run.entityRefs,
    now: hoursAgo(48),
  });
}
