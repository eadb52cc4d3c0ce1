import { CommandLineError } from '../commandLine/CommandLineError';
import { PortalClient } from '../portal';
import { UploadOptions } from './uploadOptions';

/** A file as it is handed in. */
export type FileToUpload = {
  /** As written. */
  file: string;
  kind: string;
  format: string;
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
  /** RFC 3339: when the scan it has was made. */
  madeAt: string;
};

/**
 * Hands in files one after the other; whoever runs it again starts from the beginning and changes nothing.
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
  const receipts: UploadReceipt[] = [];
  for (const { file, ...evidence } of files) {
    const about = { entityRef, repository, digest };
    const answer = await client.upload({ ...about, ...evidence }, { signal });
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

function receiptOf(
  value: unknown,
  { file, format }: Pick<UploadReceipt, 'file' | 'format'>,
): UploadReceipt {
  const { status, trust, madeAt } = (value ?? {}) as Record<string, unknown>;
  const known = STATUSES.find(each => each === status);
  if (!known || typeof trust !== 'string' || typeof madeAt !== 'string') {
    throw notReached(file, 'it answered with something else');
  }
  return { file, format, status: known, trust, madeAt };
}

function notReached(file: string, why: string): CommandLineError {
  return new CommandLineError('cannotTell', [
    `the portal was not reached for "${file}": ${why}`,
  ]);
}
