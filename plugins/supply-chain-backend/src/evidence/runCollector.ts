import { Evidence, ImageSubject } from 'backstage-plugin-supply-chain-common';
import {
  CollectContext,
  EvidenceCollector,
} from 'backstage-plugin-supply-chain-node';

/** A collector has this long for one subject. */
export const COLLECTOR_TIMEOUT_MS = 60_000;

/** Options of {@link runCollector}. */
export type RunCollectorOptions = {
  collector: EvidenceCollector;
  subject: ImageSubject;
  context: CollectContext;
  /** @defaultValue {@link COLLECTOR_TIMEOUT_MS} */
  timeoutMs?: number;
};

/**
 * Asks one collector. Whatever goes wrong in it becomes evidence: a throw, a deadline and a kind it left out are
 * `unavailable(collectorError)`, never nothing (DESIGN 1).
 */
export async function runCollector(
  options: RunCollectorOptions,
): Promise<Evidence[]> {
  const { collector, subject, context } = options;
  const timeoutMs = options.timeoutMs ?? COLLECTOR_TIMEOUT_MS;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([context.signal, deadline]);
  let found: Evidence[] = [];
  let message = 'The collector returned no evidence of this kind';
  try {
    found = await orAborted(
      collector.collect(subject, { ...context, signal }),
      signal,
    );
  } catch (error) {
    if (context.signal.aborted) {
      throw error;
    }
    message = deadline.aborted
      ? `No answer within ${timeoutMs / 1000} s`
      : String(error);
    context.logger.warn(
      `Collector '${collector.id}' failed for ${subject.repository}@${subject.digest}: ${message}`,
    );
  }
  return collector.kinds.map(
    kind =>
      found.find(evidence => evidence.kind === kind) ?? {
        subject,
        collector: collector.id,
        kind,
        status: 'unavailable',
        reason: 'collectorError',
        message,
        observedAt: context.now.toISOString(),
      },
  );
}

/** Does not wait for work that ignores its signal. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stopped = new AbortController();
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), {
          once: true,
          signal: stopped.signal,
        });
      }),
    ]);
  } finally {
    stopped.abort();
    // After an abort nobody waits for it; its rejection must not end the process.
    work.catch(() => undefined);
  }
}
