/* eslint-disable jest/no-export -- a suite for the tests of others, not a test itself */
import {
  Evidence,
  ImageSubject,
  ReasonCode,
} from 'backstage-plugin-supply-chain-common';
import type { CollectContext, EvidenceCollector } from '../feeds';
import { createCollectContext } from './createCollectContext';

/**
 * One situation a collector can meet. The suite calls `start` and then asks for evidence about `subject`.
 *
 * @public
 */
export type CollectorScenario = {
  /** Brings the source into the situation. */
  start(): Promise<{
    collector: EvidenceCollector;
    subject: ImageSubject;
    context?: Partial<CollectContext>;
    stop(): Promise<void>;
  }>;
  /** Called with the evidence, for what only the collector's own test can know. */
  expect?(evidence: Evidence[]): void;
};

/**
 * A situation in which nothing can be found out, with the reasons that may be given.
 *
 * @public
 */
export type UnavailableScenario = CollectorScenario & {
  reasons: ReasonCode[];
};

/**
 * The situations every collector must be put into. `null` where one cannot exist for it; why belongs in a comment.
 *
 * @public
 */
export type EvidenceCollectorScenarios = {
  present: CollectorScenario;
  absent: CollectorScenario | null;
  /** Something is there and it is wrong. */
  invalid: CollectorScenario | null;
  sourceDown: UnavailableScenario;
  timeout: UnavailableScenario;
  malformed: UnavailableScenario;
  digestMismatch: UnavailableScenario;
  oversize: UnavailableScenario;
  /** The source takes the request and never answers; the suite aborts. */
  hanging: CollectorScenario;
};

/**
 * What holds for every {@link EvidenceCollector}, whatever it asks. Brings no server: the scenarios do.
 *
 * @public
 */
export function describeEvidenceCollector(
  name: string,
  scenarios: EvidenceCollectorScenarios,
): void {
  describe(`${name} as an evidence collector`, () => {
    describePresence(scenarios);
    describeNegatives(scenarios);
    describeFailures(scenarios);
  });
}

function describePresence({ present }: EvidenceCollectorScenarios): void {
  it('states what is present, for each of its kinds once', async () => {
    const { evidence, collector, context } = await run(present);
    expect(evidence.map(({ kind }) => kind).sort()).toEqual(
      [...collector.kinds].sort(),
    );
    for (const each of evidence) {
      expect(each.collector).toBe(collector.id);
      expect(each.status).toBe('present');
      expect(each.detail).toBeDefined();
      expect(each.observedAt).toBe(context.now.toISOString());
      expect(Date.parse(each.expiresAt!)).toBeGreaterThan(
        context.now.getTime(),
      );
      // It is stored as JSON: nothing may get lost.
      expect(JSON.parse(JSON.stringify(each))).toEqual(each);
    }
  });

  it('states the same facts the same way twice, so that equal evidence has equal hashes', async () => {
    const { collector, subject, context, stop } = await begin(present);
    const first = await collector.collect(subject, context);
    const second = await collector.collect(subject, context);
    await stop();
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });
}

function describeNegatives(scenarios: EvidenceCollectorScenarios): void {
  const { absent, invalid } = scenarios;
  if (absent) {
    it('says absent only after a complete look', async () => {
      const { evidence } = await run(absent);
      expect(evidence.map(({ status }) => status)).toEqual(
        evidence.map(() => 'absent'),
      );
    });
  }
  if (invalid) {
    it('keeps what is invalid apart from what is absent', async () => {
      const { evidence } = await run(invalid);
      evidence.forEach(({ status }) =>
        expect(['present', 'invalid']).toContain(status),
      );
    });
  }
}

function describeFailures(scenarios: EvidenceCollectorScenarios): void {
  it.each([
    'sourceDown',
    'timeout',
    'malformed',
    'digestMismatch',
    'oversize',
  ] as const)('is unavailable, never absent: %s', async situation => {
    const scenario = scenarios[situation];
    const { evidence } = await run(scenario);
    expect(evidence.length).toBeGreaterThan(0);
    for (const { status, reason, detail } of evidence) {
      expect(status).toBe('unavailable');
      expect(scenario.reasons).toContain(reason);
      expect(detail).toBeUndefined();
    }
  });

  it('ends when it is aborted, and says that it found out nothing', async () => {
    const controller = new AbortController();
    const { collector, subject, context, stop } = await begin(
      scenarios.hanging,
    );
    const collected = collector.collect(subject, {
      ...context,
      signal: controller.signal,
    });
    controller.abort();
    const evidence = await collected;
    await stop();
    evidence.forEach(({ status, reason }) =>
      expect([status, reason]).toEqual(['unavailable', 'lookCancelled']),
    );
  });
}

async function begin(scenario: CollectorScenario) {
  const { context, ...started } = await scenario.start();
  return { ...started, context: createCollectContext(context) };
}

async function run(scenario: CollectorScenario) {
  const { collector, subject, context, stop } = await begin(scenario);
  try {
    const evidence = await collector.collect(subject, context);
    scenario.expect?.(evidence);
    return { evidence, collector, context };
  } finally {
    await stop();
  }
}
