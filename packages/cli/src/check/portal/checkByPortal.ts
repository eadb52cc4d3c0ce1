import { setTimeout as sleep } from 'node:timers/promises';
import { CheckReport, CheckResult } from 'backstage-plugin-supply-chain-common';
import { CommandLineError } from '../../commandLine/CommandLineError';
import {
  EXIT_CODES,
  ExitCode,
  worstExitCode,
} from '../../commandLine/exitCodes';
import { PortalAnswer, PortalClient } from '../../portal';
import { Notes } from '../../report';
import { parsePortalReport } from './parsePortalReport';
import { PortalCheckOptions } from './portalOptions';

const POLL_INTERVAL_MS = 5_000;

/** What will be known in a while, without anybody doing anything (L29). */
const AWAITED: readonly unknown[] = ['notCollectedYet', 'notScanned'];

/** What the portal said, and how the command ends. */
export type PortalCheck = { report?: CheckReport; exitCode: ExitCode };

/**
 * Asks the portal about each image, again and again while `--wait` lasts and something is still to come.
 *
 * @throws CommandLineError when it refuses: asking again would change nothing.
 */
export async function checkByPortal(
  options: PortalCheckOptions,
  client: Pick<PortalClient, 'check'>,
  { notes, pauseMs = POLL_INTERVAL_MS }: { notes: Notes; pauseMs?: number },
): Promise<PortalCheck> {
  const { images, waitMs, timeoutMs, ...question } = options;
  const until = performance.now() + waitMs;
  const signal = AbortSignal.timeout(timeoutMs + waitMs);
  const reports: CheckReport[] = [];
  let isMissing = false;
  for (const image of images) {
    const ask = () => client.check({ ...question.about, image }, { signal });
    const report = await askUntil(ask, { until, image, notes, pauseMs });
    if (report) {
      reports.push(report);
    } else {
      isMissing = true;
    }
  }
  const results = reports.flatMap(each => each.results);
  const [first] = reports;
  const exitCode = exitCodeOf(results, { isMissing, waitMs });
  return first
    ? { report: { ...first, policies: policiesOf(reports), results }, exitCode }
    : { exitCode };
}

/** `undefined` when the portal did not answer. */
async function askUntil(
  ask: () => Promise<PortalAnswer>,
  options: { until: number; image: string; notes: Notes; pauseMs: number },
): Promise<CheckReport | undefined> {
  const { until, image, notes } = options;
  for (;;) {
    const answer = await ask();
    if (answer.kind === 'refused') {
      throw new CommandLineError('configuration', [
        `the portal does not judge "${image}": ${answer.message}`,
      ]);
    }
    const report =
      answer.kind === 'answer'
        ? parsePortalReport(answer.value, image)
        : undefined;
    const isSettled = report !== undefined && !isAwaiting(report.results);
    const pauseMs =
      (answer.kind === 'unavailable' ? answer.retryAfterMs : undefined) ??
      options.pauseMs;
    if (isSettled || performance.now() + pauseMs > until) {
      if (!report) {
        const why =
          answer.kind === 'unavailable'
            ? answer.message
            : 'it answered with something else';
        notes.error(`the portal was not reached for "${image}": ${why}`);
      }
      return report;
    }
    await sleep(pauseMs);
  }
}

/** What failed stays failed, whatever is still to come (L8). */
function isAwaiting(results: CheckResult[]): boolean {
  return results.some(
    ({ outcome, findings }) =>
      outcome === 'unknown' &&
      findings.some(
        each => each.outcome === 'unknown' && AWAITED.includes(each.reason),
      ),
  );
}

/** 4 where nothing but what was waited for is not known (L29). */
function exitCodeOf(
  results: CheckResult[],
  { isMissing, waitMs }: { isMissing: boolean; waitMs: number },
): ExitCode {
  const codes = results.map(result => {
    const code = worstExitCode([result.outcome]);
    const isTimedOut =
      waitMs > 0 &&
      code === EXIT_CODES.cannotTell &&
      isAwaiting([result]) &&
      result.findings.every(
        each => each.outcome !== 'unknown' || AWAITED.includes(each.reason),
      );
    return isTimedOut ? EXIT_CODES.timedOut : code;
  });
  return worstOf([...codes, ...(isMissing ? [EXIT_CODES.cannotTell] : [])]);
}

function worstOf(codes: ExitCode[]): ExitCode {
  const order: readonly ExitCode[] = [2, 1, 3, 4, 0]; // L29
  return order.find(code => codes.includes(code)) ?? EXIT_CODES.cannotTell;
}

function policiesOf(reports: CheckReport[]): CheckReport['policies'] {
  const policies = reports.flatMap(each => each.policies);
  return [...new Map(policies.map(each => [each.name, each])).values()];
}
