import { setTimeout as sleep } from 'node:timers/promises';
import { CommandLineError } from '../commandLine/CommandLineError';
import { PortalAnswer, PortalClient } from '../portal';
import { UploadOptions } from './uploadOptions';

/** A file as it is handed in. */
export type FileToUpload = {
  /** As written. */
  file: string;
  kind: string;
  format: string;
  /** RFC 3339; for a report that does not say when its scan was made. */
  scannedAt?: string;
  bytes: Uint8Array<ArrayBuffer>;
};

const STATUSES = ['created', 'replaced', 'unchanged', 'kept'] as const;

/** What the portal has of a file. Its texts are hostile (L32). */
export type UploadReceipt = {
  file: string;
  format: string;
  status: (typeof STATUSES)[number];
  /** How far the portal trusts who handed it in (L9). */
  trust: string;
  /** RFC 3339: when the scan or the document it has was made. */
  madeAt: string;
  /** Statements that are applied to nothing; absent: none. */
  ignored?: IgnoredStatement[];
};

/** A statement of a VEX document that is applied to nothing. */
export type IgnoredStatement = {
  index: number;
  reason: string;
  message: string;
};

/**
 * Hands in files one after the other; whoever runs it again starts from the beginning and changes nothing. A portal
 * that asks for a pause gets it while there is time.
 *
 * @throws CommandLineError for the first the portal does not take.
 */
export async function uploadFiles(
  options: Pick<
    UploadOptions,
    'entityRef' | 'repository' | 'digest' | 'timeoutMs'
  > & { files: FileToUpload[] },
  client: Pick<PortalClient, 'upload'>,
): Promise<UploadReceipt[]> {
  const { files, timeoutMs, entityRef, repository, digest } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  const until = performance.now() + timeoutMs;
  const receipts: UploadReceipt[] = [];
  for (const { file, ...evidence } of files) {
    const about = { entityRef, repository, digest };
    const answer = await askUntil(until, () =>
      client.upload({ ...about, ...evidence }, { signal }),
    );
    if (answer.kind !== 'answer') {
      throw answer.kind === 'refused'
        ? new CommandLineError('configuration', [
            `the portal does not take "${file}": ${answer.message}`,
          ])
        : notReached(file, answer.message);
    }
    receipts.push(receiptOf(answer.value, { file, format: evidence.format }));
  }
  return receipts;
}

/** The last answer, where there is no time for another. */
async function askUntil(
  until: number,
  ask: () => Promise<PortalAnswer>,
): Promise<PortalAnswer> {
  for (;;) {
    const answer = await ask();
    const pauseMs =
      answer.kind === 'unavailable' ? answer.retryAfterMs : undefined;
    if (pauseMs === undefined || performance.now() + pauseMs > until) {
      return answer;
    }
    await sleep(pauseMs);
  }
}

function receiptOf(
  value: unknown,
  { file, format }: Pick<UploadReceipt, 'file' | 'format'>,
): UploadReceipt {
  const { status, trust, madeAt, ignored } = (value ?? {}) as Record<
    string,
    unknown
  >;
  const known = STATUSES.find(each => each === status);
  if (!known || typeof trust !== 'string' || typeof madeAt !== 'string') {
    throw notReached(file, 'it answered with something else');
  }
  const statements = ignoredOf(ignored);
  return {
    file,
    format,
    status: known,
    trust,
    madeAt,
    ...(statements.length > 0 && { ignored: statements }),
  };
}

function ignoredOf(value: unknown): IgnoredStatement[] {
  return (Array.isArray(value) ? value : []).flatMap(each => {
    const { index, reason, message } = (each ?? {}) as Record<string, unknown>;
    return typeof index === 'number' &&
      typeof reason === 'string' &&
      typeof message === 'string'
      ? [{ index, reason, message }]
      : [];
  });
}

function notReached(file: string, why: string): CommandLineError {
  return new CommandLineError('cannotTell', [
    `the portal was not reached for "${file}": ${why}`,
  ]);
}
