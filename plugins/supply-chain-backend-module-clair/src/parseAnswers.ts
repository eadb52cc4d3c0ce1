import { createHash } from 'node:crypto';
import {
  instant,
  isRecord,
  parseStrictJson,
  shortText,
} from 'backstage-plugin-supply-chain-common';

/** Whether an image was indexed, by an index report. */
export type IndexOutcome =
  | { state: 'finished' }
  | { state: 'failed'; message: string }
  | { state: 'malformed'; message: string };

/** Index reports list every package; this is far above the largest. */
export const INDEX_REPORT_MAX_BYTES = 64 * 1024 * 1024;
/** Largest of the small answers. */
export const SMALL_ANSWER_MAX_BYTES = 4 * 1024 * 1024;

function parse(body: Uint8Array): unknown {
  const parsed = parseStrictJson(body, { maxBytes: INDEX_REPORT_MAX_BYTES });
  return parsed.ok ? parsed.value : undefined;
}

/** Reads an index report. What answers 201 may have failed all the same. */
export function parseIndexReport(
  body: Uint8Array,
  digest: string,
): IndexOutcome {
  const report = parse(body);
  if (!isRecord(report) || report.manifest_hash !== digest) {
    return {
      state: 'malformed',
      message: 'Clair answered with no index report of this image',
    };
  }
  if (report.state === 'IndexFinished' && report.success === true) {
    return { state: 'finished' };
  }
  const state = shortText(report.state, 64) ?? 'no state';
  const error = shortText(report.err, 400);
  return {
    state: 'failed',
    message: `Clair did not index it: ${[state, error]
      .filter(Boolean)
      .join(', ')}`,
  };
}

/** Reads the state of the indexer, which goes into a header again. */
export function parseIndexState(body: Uint8Array): string | undefined {
  const answer = parse(body);
  const state = isRecord(answer) ? answer.state : undefined;
  return typeof state === 'string' && /^[\x21\x23-\x7e]{1,256}$/.test(state)
    ? state
    : undefined;
}

/** What an error says of itself. */
export function parseError(body: Uint8Array): string | undefined {
  const answer = parse(body);
  return isRecord(answer) ? shortText(answer.message, 2_048) : undefined;
}

/**
 * What a vulnerability database was loaded from.
 *
 * @public
 */
export type ClairDatabase = {
  /** The updaters that brought something; none while it is empty. */
  updaters: string[];
  /** RFC 3339: when they last did, of those that tell a time. */
  changedAt: string[];
  /** Another one whenever an updater brings something. */
  fingerprint: string;
};

type Update = { updater: string; ref?: string; changedAt?: string };

/** Reads the last update of each updater; undefined when the answer cannot be read. */
export function parseUpdateOperations(
  body: Uint8Array,
): ClairDatabase | undefined {
  const answer = parse(body);
  if (!isRecord(answer)) {
    return undefined;
  }
  const updates = Object.keys(answer)
    .sort()
    .flatMap(updater => lastUpdateOf(updater, answer[updater]) ?? []);
  const identities = updates.map(({ updater, ref, changedAt }) => [
    updater,
    ref ?? changedAt,
  ]);
  return {
    updaters: updates.map(({ updater }) => updater),
    changedAt: updates.flatMap(({ changedAt }) => changedAt ?? []),
    fingerprint: createHash('sha256')
      .update(JSON.stringify(identities))
      .digest('hex')
      .slice(0, 16),
  };
}

function lastUpdateOf(updater: string, value: unknown): Update | undefined {
  return [value]
    .flat()
    .flatMap((operation): Update[] => {
      const { ref, date } = isRecord(operation) ? operation : {};
      const update = { ref: shortText(ref, 128), changedAt: instant(date) };
      return update.ref || update.changedAt ? [{ updater, ...update }] : [];
    })
    .sort((left, right) =>
      (left.changedAt ?? '') < (right.changedAt ?? '') ? -1 : 1,
    )
    .at(-1);
}

/** However long Clair says that an answer may be kept: a wrong header must not end the scans. */
export const MAX_AGE_LIMIT_MS = 24 * 60 * 60_000;

/** How long an answer may be kept: https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.1 */
export function parseMaxAge(header: string | undefined): number | undefined {
  const match = /(?:^|[,\s])max-age="?(\d{1,9})/i.exec(header ?? '');
  return match
    ? Math.min(Number(match[1]) * 1000, MAX_AGE_LIMIT_MS)
    : undefined;
}
