import { SourceReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { KubernetesApiServer } from 'sandbox';
import {
  ClusterLeaseRow,
  ResumePointRow,
  SourceHealthRow,
} from '../../database/tables';
import { ChangingObjects, OBJECTS } from './ChangingObjects';
import { HistoryClock } from './HistoryClock';
import { ObservedStore } from './ObservedStore';
import { CLUSTER, Replica } from './Replica';
import { OutageName, Step, Timed } from './steps';
import { Subject } from './subjects';
import { TroubledCluster } from './TroubledCluster';

/** After any outage the source is read again within the longest pause, silence and request limit taken together. */
const SETTLE_LIMIT_MS = 10 * 60_000;
/** A 404 for an object that exists is found out by the comparison every half hour, with its jitter. */
export const RECONCILE_LIMIT_MS = 40 * 60_000;
const SETTLE_STEP_MS = 5_000;
/** By then a watch that hangs has been noticed and opened anew. */
const SILENCE_MS = 5 * 60_000;
/** How soon a change is there when nothing is wrong. */
const LIVE_LIMIT_MS = 5_000;
/** A server with old lists for longer than this counts as restored from a backup. */
const LAG_MS = 8_000;

const REASON_OF: Record<OutageName, string> = {
  forbidden: 'clusterForbidden',
  missing: 'resourceMissing',
  unreachable: 'clusterUnreachable',
  unauthorized: 'clusterRefused',
  failing: 'clusterUnreachable',
  throttled: 'clusterUnreachable',
  truncated: 'clusterUnreachable',
  html: 'malformedAnswer',
  hanging: 'sourceTimeout',
  noWatches: 'clusterUnreachable',
};

/** One history: a cluster, the replicas that read it, and the database they write to. */
export class History<T extends { uid: string; resourceVersion: string }> {
  readonly #subject: Subject<T>;
  readonly #knex: Knex;
  readonly #clock = new HistoryClock();
  readonly #server: KubernetesApiServer;
  readonly #cluster: TroubledCluster;
  readonly #objects: ChangingObjects;
  readonly #versions = new Map<string, string>();
  #mayForget = false;
  #limitMs = SETTLE_LIMIT_MS;
  readonly #violations: string[] = [];
  #replica: Replica | undefined;
  #replicas = 0;
  readonly #noteQuery = () => this.#clock.noteActivity();

  static async start<V extends { uid: string; resourceVersion: string }>(
    subject: Subject<V>,
    knex: Knex,
  ): Promise<History<V>> {
    const server = await KubernetesApiServer.start();
    return new History(subject, knex, server);
  }

  private constructor(
    subject: Subject<T>,
    knex: Knex,
    server: KubernetesApiServer,
  ) {
    this.#subject = subject;
    this.#knex = knex;
    this.#server = server;
    this.#cluster = new TroubledCluster(server, subject.plurals);
    knex.on('query', this.#noteQuery);
    this.#objects = new ChangingObjects(server, subject.kinds);
    this.#objects.begin();
    this.#replica = this.#startReplica();
  }

  /** Carries out the steps; then all trouble ends and what is stored has to become what the cluster has. */
  async run(steps: readonly Timed[]): Promise<{ settledAfterMs: number }> {
    for (const { step, then } of steps) {
      await this.#carryOut(step);
      await (then === 'settle'
        ? this.#clock.settle()
        : this.#clock.breathe(then));
    }
    await this.#cluster.endTrouble();
    const settledAfterMs = await this.#untilEqual(this.#limitMs);
    await this.#clock.advance(
      steps.some(({ step }) => hangs(step)) ? SILENCE_MS : SETTLE_STEP_MS,
    );
    await this.#expectLive();
    if (this.#violations.length > 0) {
      throw new Error(this.#violations.join('\n'));
    }
    return { settledAfterMs };
  }

  async end(): Promise<void> {
    await this.#cluster.endTrouble();
    await this.#replica?.stop();
    await this.#server.stop();
    this.#knex.removeListener('query', this.#noteQuery);
    await this.#subject
      .store(this.#knex, this.#clock)
      .dropSource(this.#subject.feed, CLUSTER);
    await this.#knex('source_health').delete();
    await this.#knex('cluster_leases').delete();
  }

  async #carryOut(step: Step): Promise<void> {
    const server = this.#server;
    switch (step.do) {
      case 'apply':
      case 'delete':
      case 'recreate':
      case 'churn':
        this.#objects.change(step);
        break;
      case 'fill':
        this.#objects.fill(step.kind);
        break;
      case 'rescan':
        await this.#rescan(step.kind);
        break;
      case 'trouble':
        this.#cluster.trouble(step.trouble);
        break;
      case 'endTrouble':
        await this.#cluster.endTrouble();
        break;
      case 'limitPages':
        server.limitPages(step.by);
        break;
      case 'lagCache':
        server.lagBy(step.by, { cacheOnly: true });
        break;
      case 'lag':
        await this.#lag(step.by);
        break;
      case 'fault':
        this.#addFault(step);
        break;
      case 'listInPages':
        server.limitPages(step.by);
        this.#addFault({ ...step, times: 1 });
        await this.#upgrade();
        break;
      case 'outage':
        await this.#outage(step.outage);
        break;
      case 'pass':
        await this.#clock.advance(step.seconds * 1000);
        break;
      default:
        await this.#changeReplica(step.do);
    }
  }

  async #changeReplica(how: 'restart' | 'upgrade' | 'takeOver'): Promise<void> {
    switch (how) {
      case 'upgrade':
        await this.#upgrade();
        break;
      case 'takeOver':
        await this.#takeOver();
        break;
      default:
        await this.#replica?.stop();
        this.#replica = this.#startReplica();
    }
  }

  /** The lifetime of reports ends: the operator deletes all of them and writes new ones minutes later. */
  async #rescan(kind: number): Promise<void> {
    if (this.#objects.clear(kind)) {
      await this.#clock.advance(90_000);
      this.#objects.fill(kind);
    }
  }

  async #lag(by: number): Promise<void> {
    this.#server.lagBy(by);
    this.#server.compact({ expireWatches: true });
    await this.#clock.advance(LAG_MS);
    this.#server.lagBy(0);
  }

  #addFault(
    step: Pick<Extract<Step, { do: 'fault' }>, 'fault' | 'request' | 'times'>,
  ): void {
    if (step.fault === 'absent' && step.request === 'object') {
      this.#limitMs = RECONCILE_LIMIT_MS;
    }
    this.#cluster.addFault(step);
  }

  async #outage(outage: OutageName): Promise<void> {
    const forgets = outage === 'missing' && this.#subject.forgetsMissing;
    this.#mayForget = this.#mayForget || Boolean(forgets);
    await this.#cluster.beginOutage(outage);
    const reason = forgets ? null : REASON_OF[outage];
    const states = forgets ? ['notInstalled'] : ['down', 'degraded'];
    let row = await this.#health();
    for (let passedMs = 0; ; passedMs += SETTLE_STEP_MS) {
      if (row && states.includes(row.state) && row.reason === reason) {
        break;
      }
      if (passedMs > SETTLE_LIMIT_MS) {
        throw new Error(
          `expected ${states.join(
            ' or ',
          )} with ${reason} during '${outage}', got ${JSON.stringify(row)}`,
        );
      }
      await this.#clock.advance(SETTLE_STEP_MS);
      row = await this.#health();
    }
    this.#objects.change({ do: 'apply', kind: 0, name: OBJECTS });
    await this.#clock.advance(SETTLE_STEP_MS);
    await this.#cluster.endTrouble();
  }

  /** A new version makes other items of the same objects: it goes on from no stored point and lists everything. */
  async #upgrade(): Promise<void> {
    await this.#replica?.stop();
    await this.#knex<ResumePointRow>('resume_points').delete();
    this.#replica = this.#startReplica();
  }

  /** Another replica takes the source from one that was paused and does not know yet. */
  async #takeOver(): Promise<void> {
    // Until the lease is held: one that is merely asked for cannot be taken.
    await this.#clock.settle();
    await this.#knex<ClusterLeaseRow>('cluster_leases').update({
      expires_at: '2000-01-01T00:00:00.000Z',
    });
    const paused = this.#replica;
    this.#replica = this.#startReplica();
    await this.#clock.breathe(10);
    await paused?.stop();
  }

  #startReplica(): Replica {
    const subject = this.#subject;
    const clock = this.#clock;
    const knex = this.#knex;
    this.#replicas += 1;
    return Replica.start({
      subject,
      knex,
      clock,
      url: this.#server.url,
      holder: `replica ${this.#replicas}`,
      onReport: report => this.#judgeReport(report),
      store: new ObservedStore({
        store: subject.store(knex, clock),
        versions: this.#versions,
        truth: {
          living: () => new Set(subject.expected(this.#server).keys()),
          mayForget: () => this.#mayForget,
          onViolation: message => this.#violations.push(message),
        },
      }),
    });
  }

  #judgeReport(report: SourceReport): void {
    const bad = report.state === 'down' || report.state === 'degraded';
    if (bad && !(report.reason && report.message)) {
      this.#violations.push(`no reason in ${JSON.stringify(report)}`);
    }
  }

  async #health(): Promise<SourceHealthRow | undefined> {
    return this.#knex<SourceHealthRow>('source_health')
      .where({ kind: this.#subject.source, name: CLUSTER })
      .first();
  }

  async #untilEqual(limitMs: number, stepMs = SETTLE_STEP_MS): Promise<number> {
    for (let passedMs = 0; ; passedMs += stepMs) {
      await this.#clock.settle();
      const stored = (await this.#subject.stored(this.#knex)).sort();
      const expected = [
        ...this.#subject.expected(this.#server).values(),
      ].sort();
      const row = await this.#health();
      const equal = stored.join('\n') === expected.join('\n');
      if (equal && row?.state === 'ok') {
        return passedMs;
      }
      if (passedMs >= limitMs) {
        throw new Error(
          [
            `not in step after ${limitMs} ms; source: ${JSON.stringify(row)}`,
            'stored:',
            ...stored,
            'in the cluster:',
            ...expected,
            'requests:',
            ...this.#server.requests
              .slice(-60)
              .map(({ path, status }) => `${path} ${status}`),
            ...this.#violations,
          ].join('\n'),
        );
      }
      await this.#clock.advance(stepMs);
    }
  }

  /** Equal is not enough: the next changes have to arrive by a watch, at once. */
  async #expectLive(): Promise<void> {
    this.#objects.stir();
    await this.#untilEqual(LIVE_LIMIT_MS, 1_000);
  }
}

/** Whether a step leaves connections on which nothing comes any more, or the next event waits for another one. */
function hangs(step: Step): boolean {
  return (
    (step.do === 'trouble' &&
      ['stallWatches', 'swapEvents'].includes(step.trouble)) ||
    ((step.do === 'fault' || step.do === 'listInPages') &&
      step.fault === 'hanging') ||
    (step.do === 'outage' && step.outage === 'hanging')
  );
}
