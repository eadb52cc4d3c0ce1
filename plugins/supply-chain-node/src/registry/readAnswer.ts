import type { IncomingHttpHeaders } from 'http';
import type { Dispatcher } from 'undici';

/** An answer that was read as far as it is allowed to be long. */
export interface ReadAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Absent when it is larger than allowed. */
  body?: Uint8Array;
}

/** Arguments of {@link readAnswer}. */
export interface ReadAnswerOptions {
  dispatcher: Dispatcher;
  request: Dispatcher.DispatchOptions;
  /** Largest body of an answer with this status. */
  maxBytesOf(status: number): number;
  signal: AbortSignal;
}

class AnswerReader implements Dispatcher.DispatchHandler {
  readonly answer: Promise<ReadAnswer>;
  readonly #maxBytesOf: (status: number) => number;
  readonly #chunks: Buffer[] = [];
  #settle!: (answer: ReadAnswer) => void;
  #fail!: (error: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #left: Error | undefined;
  #head: Omit<ReadAnswer, 'body'> = { status: 0, headers: {} };
  #bytesLeft = 0;

  constructor({ maxBytesOf }: Pick<ReadAnswerOptions, 'maxBytesOf'>) {
    this.#maxBytesOf = maxBytesOf;
    this.answer = new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
  }

  /** Nobody waits any more; a request that was not sent yet ends when it is its turn. */
  leave(reason: Error): void {
    this.#left = reason;
    this.#fail(reason);
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#left) {
      controller.abort(this.#left);
    }
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // What comes before the answer (1xx) is overwritten by it.
    this.#head = { status, headers };
    this.#bytesLeft = this.#maxBytesOf(status);
    if (Number(headers['content-length'] ?? 0) > this.#bytesLeft) {
      this.#stop();
    }
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytesLeft -= chunk.length;
    if (this.#bytesLeft < 0) {
      this.#stop();
    } else {
      this.#chunks.push(chunk);
    }
  }

  onResponseEnd(): void {
    // Copied: a chunk holds on to everything else that was read from the socket with it.
    this.#settle({ ...this.#head, body: Buffer.concat(this.#chunks) });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  /** Closes the connection: the rest of the answer would come over it. */
  #stop(): void {
    this.#settle(this.#head);
    this.leave(new Error('the answer is larger than allowed'));
  }
}

/**
 * Sends a request and reads the answer while counting it; what is larger than allowed is not read on. The declared
 * length only makes that earlier: it is a claim.
 *
 * The chunks are taken from the dispatcher as they come. Its streams are for those who do not want the whole: for the
 * small documents of registries they cost more than the reading itself.
 */
export async function readAnswer(
  options: ReadAnswerOptions,
): Promise<ReadAnswer> {
  const { dispatcher, request, signal } = options;
  signal.throwIfAborted();
  const reader = new AnswerReader(options);
  const leave = () => reader.leave(signal.reason);
  signal.addEventListener('abort', leave);
  try {
    dispatcher.dispatch(request, reader);
    return await reader.answer;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
