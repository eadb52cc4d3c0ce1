import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CustomErrorBase, InputError } from '@backstage/errors';
import type { Request, Response } from 'express';

/** Somebody sent more than is read; the error handler answers with status 413. */
export class PayloadTooLargeError extends CustomErrorBase {
  name = 'PayloadTooLargeError' as const;
  readonly statusCode = 413;
}

/** Options of {@link readBody}. */
export type ReadBodyOptions = {
  req: Request;
  res: Response;
  /** Holds for what is sent, and for what it is unpacked. */
  maxBytes: number;
  /** What sets the limit, for the message; absent where nobody can. */
  setting?: string;
};

/**
 * Reads the bytes of a request, packed by gzip or not, and stops as soon as there are too many.
 *
 * @throws PayloadTooLargeError
 */
export async function readBody(options: ReadBodyOptions): Promise<Uint8Array> {
  const { req, res, maxBytes, setting } = options;
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
    const bytes = await collect(req, maxBytes, tooLarge);
    return encoding === 'gzip'
      ? await unpack(bytes, maxBytes, tooLarge)
      : bytes;
  } catch (error) {
    if (error instanceof PayloadTooLargeError) {
      // What is still on its way is not waited for.
      res.setHeader('Connection', 'close');
      req.resume();
    }
    throw error;
  }
}

type TooLarge = () => PayloadTooLargeError;

function collect(
  req: Request,
  maxBytes: number,
  tooLarge: TooLarge,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        req.off('data', onData);
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    };
    req.on('data', onData);
    req.once('end', () => resolve(Buffer.concat(chunks)));
    req.once('error', reject);
    req.once('close', () =>
      reject(new InputError('The request ended before its body did')),
    );
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
