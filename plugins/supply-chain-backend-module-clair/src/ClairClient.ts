import {
  SCAN_REPORT_MAX_BYTES,
  ClairReport,
  Digest,
} from 'backstage-plugin-supply-chain-common';
import { RunningContent } from 'backstage-plugin-supply-chain-node';
import {
  BlobAddress,
  parseRetryAfter,
  RegistryClient,
} from 'backstage-plugin-supply-chain-node/registry';
import { addressLayers } from './addressLayers';
import { AnswerReader } from './AnswerReader';
import { ClairAnswer, ClairConnection, ClairRequest } from './ClairConnection';
import { clairFailure, ClairFailure, ClairResult } from './ClairResult';
import { CLAIR_DEFAULTS, ClairSettings } from './ClairSettings';
import {
  ClairDatabase,
  INDEX_REPORT_MAX_BYTES,
  parseError,
  parseIndexState,
  parseMaxAge,
  parseUpdateOperations,
  SMALL_ANSWER_MAX_BYTES,
} from './parseAnswers';
import { PackedClairReport } from './readLargeAnswer';

const REQUEST_TIMEOUT_MS = 60_000;
/** Clair's own waits are honoured up to this. */
const WAIT_MAX_MS = 15 * 60_000;
/** Below 500, what another time is answered otherwise: a request that took too long, and too many of them. */
const PASSING = [408, 429];

/**
 * Options of {@link ClairClient.create}.
 *
 * @public
 */
export type ClairClientOptions = {
  settings: ClairSettings;
  registry: RegistryClient;
  /** @defaultValue the machine's time */
  now?: () => Date;
  /** Reports from this size on are read in a thread. @defaultValue 1 MiB */
  threadFromBytes?: number;
};

/**
 * A finished report.
 *
 * @public
 */
export type ClairScan = {
  report: ClairReport | PackedClairReport;
  /** How long Clair says that it may be kept. */
  maxAgeMs?: number;
};

/**
 * Speaks with the indexer and the matcher of Clair v4. Answers are values; it throws for programming errors only.
 *
 * @public
 */
export class ClairClient {
  readonly #settings: ClairSettings;
  readonly #registry: RegistryClient;
  readonly #connection: ClairConnection;
  readonly #reader: AnswerReader;
  readonly #now: () => Date;

  /** Creates a client; it connects when it is asked. */
  static create(options: ClairClientOptions): ClairClient {
    return new ClairClient(options);
  }

  private constructor(options: ClairClientOptions) {
    this.#settings = options.settings;
    this.#registry = options.registry;
    this.#reader = new AnswerReader(options);
    this.#now = options.now ?? (() => new Date());
    this.#connection = new ClairConnection({
      psk: options.settings.psk,
      now: this.#now,
    });
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    this.#reader.stop();
    await this.#connection.close();
  }

  /** What changes when the indexer would find other things: then everything is to be indexed again. */
  async readIndexState(signal: AbortSignal): Promise<ClairResult<string>> {
    const answer = await this.#get(
      `${this.#settings.indexer}/indexer/api/v1/index_state`,
      { signal, maxBytes: SMALL_ANSWER_MAX_BYTES },
    );
    if (!answer.ok || answer.value.status !== 200) {
      return answer.ok ? this.#failure(answer.value) : answer;
    }
    const state = parseIndexState(answer.value.body);
    return state
      ? { ok: true, value: state }
      : clairFailure('malformedAnswer', 'Clair tells no state of its indexer');
  }

  /**
   * What the vulnerability database was loaded from; `hidden` where the matcher does not show it, which one behind a
   * gateway need not. A failure is a passing one: nothing follows from it about the database.
   */
  async readDatabase(
    signal: AbortSignal,
  ): Promise<ClairResult<ClairDatabase | 'hidden'>> {
    const answer = await this.#get(
      `${
        this.#settings.matcher
      }/matcher/api/v1/internal/update_operation?latest=true`,
      { signal, maxBytes: SMALL_ANSWER_MAX_BYTES },
    );
    if (!answer.ok) {
      return answer;
    }
    const { status, body } = answer.value;
    if (status >= 500 || PASSING.includes(status)) {
      return this.#failure(answer.value);
    }
    const database = status === 200 ? parseUpdateOperations(body) : undefined;
    return { ok: true, value: database ?? 'hidden' };
  }

  /**
   * Has an image indexed.
   *
   * @param options - `indexedState`: the state of the indexer when it was indexed before; while that still holds,
   * Clair has nothing to do.
   */
  async index(
    content: RunningContent,
    options: { indexedState?: string; signal: AbortSignal },
  ): Promise<ClairResult<'indexed'>> {
    const { indexedState, signal } = options;
    const layers = await addressLayers({
      registry: this.#registry,
      content,
      signal,
    });
    if (!layers.ok) {
      return layers;
    }
    const answer = await this.#connection.send({
      method: 'POST',
      url: `${this.#settings.indexer}/indexer/api/v1/index_report`,
      headers: {
        'content-type': 'application/vnd.clair.manifest.v1+json',
        ...(indexedState && { 'if-none-match': `"${indexedState}"` }),
      },
      body: JSON.stringify({
        hash: content.digest,
        layers: layers.value.map(layerOf),
      }),
      timeoutMs: this.#settings.indexTimeoutMs ?? CLAIR_DEFAULTS.indexTimeoutMs,
      maxBytes: INDEX_REPORT_MAX_BYTES,
      signal,
    });
    return answer.ok ? this.#indexed(answer.value, content.digest) : answer;
  }

  async #indexed(
    answer: ClairAnswer,
    digest: Digest,
  ): Promise<ClairResult<'indexed'>> {
    if (answer.status === 412) {
      return { ok: true, value: 'indexed' };
    }
    if (answer.status !== 200 && answer.status !== 201) {
      return this.#failure(answer);
    }
    const outcome = await this.#reader.readIndex(answer.body, digest);
    switch (outcome.state) {
      case 'finished':
        return { ok: true, value: 'indexed' };
      case 'failed':
        return clairFailure('scannerUnavailable', outcome.message);
      default:
        return clairFailure('malformedReport', outcome.message);
    }
  }

  /** Reads the report on an indexed image. Its content type is not looked at: Clair serves it with the wrong one. */
  async readReport(
    digest: Digest,
    signal: AbortSignal,
  ): Promise<ClairResult<ClairScan>> {
    const answer = await this.#get(
      `${this.#settings.matcher}/matcher/api/v1/vulnerability_report/${digest}`,
      { signal, maxBytes: SCAN_REPORT_MAX_BYTES },
    );
    if (!answer.ok) {
      return answer;
    }
    const { status, body, header } = answer.value;
    if (status !== 200 && status !== 201) {
      return this.#failure(answer.value);
    }
    const parsed = await this.#reader.readReport(body);
    if (!parsed.ok) {
      return clairFailure(parsed.reason, parsed.message);
    }
    const { report } = parsed;
    if (report.digest !== digest) {
      return clairFailure(
        'malformedReport',
        `expected a report about ${digest}, got one about ${report.digest}`,
      );
    }
    const maxAgeMs = parseMaxAge(header('cache-control'));
    return {
      ok: true,
      value: { report, ...(maxAgeMs !== undefined && { maxAgeMs }) },
    };
  }

  #get(
    url: string,
    options: Pick<ClairRequest, 'signal' | 'maxBytes'>,
  ): Promise<ClairResult<ClairAnswer>> {
    return this.#connection.send({
      ...options,
      method: 'GET',
      url,
      timeoutMs: REQUEST_TIMEOUT_MS,
    });
  }

  #failure(answer: ClairAnswer): ClairFailure {
    const { status, body, header } = answer;
    const waitMs = parseRetryAfter(header('retry-after'), {
      nowMs: this.#now().getTime(),
      maxMs: WAIT_MAX_MS,
    });
    const extra = { waitMs, notIndexed: status === 404 };
    const said = parseError(body);
    return clairFailure(
      'scannerUnavailable',
      `${meaningOf(status)} (${status})${said ? `: ${said}` : ''}`,
      extra,
    );
  }
}

function meaningOf(status: number): string {
  switch (status) {
    case 202:
      return 'Clair has not loaded its vulnerabilities yet';
    case 401:
    case 403:
      return 'Clair refuses the key or its issuer';
    case 404:
      return 'Clair has not finished indexing it';
    case 429:
      return 'Clair is asked too much';
    default:
      return status >= 300 && status < 400
        ? 'Clair redirects, which is not followed'
        : 'Clair failed';
  }
}

/** https://github.com/quay/claircore/blob/v1.5.52/layer.go: values of headers are lists. */
function layerOf({ digest, url, authorization }: BlobAddress) {
  return {
    hash: digest,
    uri: url,
    headers: {
      Accept: ['application/gzip, application/octet-stream'],
      ...(authorization && { Authorization: [authorization] }),
    },
  };
}
