import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Evidence,
  EvidenceOf,
  PolicySet,
  ReasonCode,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import {
  CollectContext,
  EvidenceCollector,
} from 'backstage-plugin-supply-chain-node';
import { readRegistriesFor } from 'backstage-plugin-supply-chain-node/registry';
import {
  EvidenceStore,
  LookResult,
  LookTask,
  StoredEvidence,
  TrustDigests,
} from '../stores/EvidenceStore';
import { nextLookMs } from './nextLook';
import { runCollector } from './runCollector';
import { SettledLook, settleLook } from './settleLook';

/** Options of {@link lookAt}. */
export type LookAtOptions = {
  task: LookTask;
  store: Pick<EvidenceStore, 'read' | 'stateOf'>;
  originCollector: EvidenceCollector;
  collectors: EvidenceCollector[];
  policySet: () => Promise<Pick<PolicySet, 'trustRoots'>>;
  logger: LoggerService;
  signal: AbortSignal;
  now: () => Date;
  random: () => number;
  intervalMs?: number;
};

/** Asks every collector about one subject and puts the answers beside the earlier ones. */
export async function lookAt(
  options: LookAtOptions,
): Promise<{ result: LookResult; failure?: ReasonCode }> {
  const { task, store, policySet, random, intervalMs } = options;
  const { trustRoots: roots } = await policySet();
  const now = options.now();
  const trust: TrustDigests = Object.fromEntries(
    roots.map(root => [root.name, root.digest]),
  );
  const previous = await store.read(task.subject);
  const found = await readRegistriesFor(task.use, () =>
    collectAll({ ...options, roots, instant: now }),
  );
  const settled = found.map(next =>
    settleLook({ previous: earlierOf(previous, next), next, trust, now }),
  );
  const failure = settled.find(each => each.failure)?.failure;
  const attempts = failure ? task.attempts + 1 : 0;
  const result: LookResult = {
    task,
    written: settled.map(({ stored, changed }) => ({ stored, changed })),
    transitions: transitionsOf(settled),
    attempts,
    nextLookMs: nextLookMs({ settled, attempts, now, random, intervalMs }),
    now,
  };
  return { result, ...(failure && { failure }) };
}

async function collectAll(
  options: LookAtOptions & { roots: TrustRoot[]; instant: Date },
): Promise<Evidence[]> {
  const { task, store, originCollector, collectors, roots, instant } = options;
  const { subject } = task;
  const contextOf = (collector: EvidenceCollector): CollectContext => ({
    signal: options.signal,
    logger: options.logger,
    now: instant,
    imageRefs: task.imageRefs,
    trustRoots: roots,
    state: store.stateOf(collector.id),
    trustsFirstUse: true,
    fresh: task.fresh,
  });
  const [origin] = (await runCollector({
    collector: originCollector,
    subject,
    context: contextOf(originCollector),
  })) as EvidenceOf<'origin'>[];
  const others = await Promise.all(
    collectors.map(collector =>
      runCollector({
        collector,
        subject,
        context: { ...contextOf(collector), origin },
      }),
    ),
  );
  return [origin, ...others.flat()];
}

function earlierOf(
  previous: StoredEvidence[],
  next: Evidence,
): StoredEvidence | undefined {
  return previous.find(
    ({ evidence }) =>
      evidence.collector === next.collector && evidence.kind === next.kind,
  );
}

/** One entry for the whole look, however many collectors met the same trouble. */
function transitionsOf(settled: SettledLook[]): LookResult['transitions'] {
  const failed = settled.find(each => each.transition === 'lookFailed');
  if (failed) {
    return [{ kind: 'lookFailed', reason: failed.failure }];
  }
  const stillFailing = settled.some(each => each.failure);
  const restored = settled.some(each => each.transition === 'lookRestored');
  return restored && !stillFailing ? [{ kind: 'lookRestored' }] : [];
}
