import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CustomErrorBase, InputError } from '@backstage/errors';
import type { Request, Response } from 'express';

/** Somebody sent more than is read; the error handler answers with status 413. */
export class PayloadTooLargeError extends CustomErrorBase {
  name = 'PayloadTooLargeError' as const;
  readonly statusCode = 413;
}

/** Somebody sends too slowly; the error handler answers with status 408. */
export class RequestTimeoutError extends CustomErrorBase {
  name = 'RequestTimeoutError' as const;
  readonly statusCode = 408;
}

/** Options of {@link readBody}. */
export type ReadBodyOptions = {
  req: Request;
  res: Response;
  /** Holds for what is sent, and for what it is unpacked. */
  maxBytes: number;
  /** How long everything may take to arrive; absent: as long as the server allows. */
  timeoutMs?: number;
  /** What sets the limit, for the message; absent where nobody can. */
  setting?: string;
};

/**
 * Reads the bytes of a request, packed by gzip or not, and stops as soon as there are too many.
 *
 * @throws PayloadTooLargeError
 * @throws RequestTimeoutError
 */
export async function readBody(options: ReadBodyOptions): Promise<Uint8Array> {
  const { req, res, maxBytes, setting, timeoutMs } = options;
  const tooLarge = () => tooLargeError(maxBytes, setting);
  const encoding = req.header('content-encoding') ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new InputError(
      `Expected the encoding 'gzip' or none, got '${encoding}'`,
    );
  }
  try {
    const declared = Number(req.header('content-length'));
    if (declared > maxBytes) {
      throw tooLarge();
    }
    const bytes = await collect({ req, maxBytes, tooLarge, timeoutMs });
    return encoding === 'gzip'
      ? await unpack(bytes, maxBytes, tooLarge)
      : bytes;
  } catch (error) {
    if (
      error instanceof PayloadTooLargeError ||
      error instanceof RequestTimeoutError
    ) {
      // What is still on its way is not waited for.
      res.setHeader('Connection', 'close');
      req.resume();
    }
    throw error;
  }
}

type TooLarge = () => PayloadTooLargeError;

function collect(options: {
  req: Request;
  maxBytes: number;
  tooLarge: TooLarge;
  timeoutMs?: number;
}): Promise<Buffer> {
  const { req, maxBytes, tooLarge, timeoutMs } = options;
  let timer: NodeJS.Timeout | undefined;
  let stop: () => unknown = () => {};
  return new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    };
    stop = () => req.off('data', onData);
    req.on('data', onData);
    req.once('end', () => resolve(Buffer.concat(chunks)));
    req.once('error', reject);
    req.once('close', () =>
      reject(new InputError('The request ended before its body did')),
    );
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => reject(tooSlowError(timeoutMs)), timeoutMs);
    }
  }).finally(() => {
    clearTimeout(timer);
    stop();
  });
}

async function unpack(
  bytes: Buffer,
  maxBytes: number,
  tooLarge: TooLarge,
): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge();
    }
    throw new InputError(`Expected a body packed by gzip: ${error}`);
  }
}

function tooLargeError(
  maxBytes: number,
  setting: string | undefined,
): PayloadTooLargeError {
  const where = setting ? `; '${setting}' sets the limit` : '';
  return new PayloadTooLargeError(
    `reportTooLarge: expected at most ${maxBytes} bytes${where}`,
  );
}

function tooSlowError(timeoutMs: number): RequestTimeoutError {
  return new RequestTimeoutError(
    `Expected the whole body within ${timeoutMs / 1_000} s`,
  );
}
