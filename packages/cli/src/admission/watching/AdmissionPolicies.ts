import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import {
  isRecord,
  PolicyBundle,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import type { TufReader } from 'backstage-plugin-supply-chain-node/policies';
import { CommandLineError } from '../../commandLine/CommandLineError';
import { policySetOf, readPolicies } from '../../verify/loadPolicies';
import { FileWatch } from './FileWatch';

/** Trusted roots from TUF repositories are asked for again this often: their metadata expires. */
const TUF_EVERY_MS = 60 * 60 * 1000;

/** Options of {@link AdmissionPolicies}. */
export type AdmissionPoliciesOptions = {
  files: readonly string[];
  trustedRoots: TufReader;
  /** Where the last good bytes are kept; absent: nowhere. */
  stateDirectory?: string;
  monotonicMs(): number;
  logger: {
    info(message: string): void;
    warn(message: string): void;
    error(message: string): void;
  };
  onReload?(result: 'ok' | 'bad'): void;
};

/** The policies in force. The last good ones stay when what is written now does not load (L28). */
export class AdmissionPolicies {
  readonly #options: AdmissionPoliciesOptions;
  readonly #watch = new FileWatch();
  #bundles: PolicyBundle[] = [];
  #policySet: PolicySet | undefined;
  #readAtMs = 0;
  #failed: string | undefined;

  /**
   * Loads them; when they do not load, those that were good before the restart.
   *
   * @throws CommandLineError when there are none.
   */
  static async load(
    options: AdmissionPoliciesOptions,
  ): Promise<AdmissionPolicies> {
    const policies = new AdmissionPolicies(options);
    try {
      await policies.#load();
    } catch (error) {
      await policies.#restore(error);
    }
    await policies.#watch.changed(policies.#paths());
    return policies;
  }

  private constructor(options: AdmissionPoliciesOptions) {
    this.#options = options;
  }

  get current(): PolicySet {
    return this.#policySet!;
  }

  /** Loads them again when a file changed, or a trusted root may have. */
  async reload(): Promise<void> {
    const { logger, monotonicMs, onReload } = this.#options;
    const changed = await this.#watch.changed(this.#paths());
    const isDue =
      this.#namesTuf() && monotonicMs() - this.#readAtMs >= TUF_EVERY_MS;
    // What failed may lack a file that is not watched, so it is tried again until it loads.
    if (!changed && !isDue && this.#failed === undefined) {
      return;
    }
    const before = this.current.digest;
    try {
      await this.#load();
    } catch (error) {
      this.#readAtMs = monotonicMs();
      this.#noteFailure(error);
      return;
    }
    this.#failed = undefined;
    // Files that a new document names are watched from now on.
    await this.#watch.changed(this.#paths());
    if (this.current.digest !== before) {
      logger.info(`new policies are in force: ${this.current.digest}`);
    }
    onReload?.('ok');
  }

  /** Says it once, not at every try. */
  #noteFailure(error: unknown): void {
    const { logger, onReload } = this.#options;
    const text = linesOf(error).join('\n');
    if (text !== this.#failed) {
      this.#failed = text;
      onReload?.('bad');
      text
        .split('\n')
        .forEach(line =>
          logger.error(`${line}; the policies loaded before stay in force`),
        );
    }
  }

  async #load(): Promise<void> {
    const { files, trustedRoots, monotonicMs } = this.#options;
    const bundles: PolicyBundle[] = [];
    for (const file of files) {
      bundles.push(await readPolicies(file, trustedRoots));
    }
    this.#policySet = withPolicies(policySetOf(bundles));
    this.#bundles = bundles;
    this.#readAtMs = monotonicMs();
    await this.#keep();
  }

  #paths(): string[] {
    return this.#bundles.length === 0
      ? [...this.#options.files]
      : this.#bundles.flatMap(({ source, files }) => [
          source,
          ...Object.keys(files).map(name => join(dirname(source), name)),
        ]);
  }

  #namesTuf(): boolean {
    return this.current.trustRoots.some(
      ({ spec }) => 'trustedRoot' in spec && spec.trustedRoot?.tuf,
    );
  }

  #keptFile(): string | undefined {
    const { stateDirectory } = this.#options;
    return stateDirectory && join(stateDirectory, 'policies.json');
  }

  async #keep(): Promise<void> {
    const file = this.#keptFile();
    if (!file) {
      return;
    }
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const temporary = `${file}.${randomUUID()}`;
      await writeFile(temporary, JSON.stringify(this.#bundles), {
        mode: 0o600,
      });
      await rename(temporary, file);
    } catch (error) {
      this.#options.logger.warn(
        `the policies cannot be kept for a restart: ${
          (error as Error).message
        }`,
      );
    }
  }

  async #restore(cause: unknown): Promise<void> {
    const file = this.#keptFile();
    if (!file) {
      throw cause;
    }
    try {
      const kept: unknown = JSON.parse(await readFile(file, 'utf8'));
      const bundles = Array.isArray(kept) ? kept.filter(isBundle) : [];
      this.#policySet = withPolicies(policySetOf(bundles));
      this.#bundles = bundles;
    } catch {
      // What was good before is no help; what is wrong now is what has to be corrected.
      throw cause;
    }
    linesOf(cause).forEach(line =>
      this.#options.logger.error(
        `${line}; the policies that were good before the restart are in force`,
      ),
    );
  }
}

/** Without a single policy nothing would be refused, and nobody writes that on purpose. */
function withPolicies(policySet: PolicySet): PolicySet {
  if (policySet.policies.length === 0) {
    throw new CommandLineError('configuration', [
      'noPolicy: expected at least one SupplyChainPolicy in the policy files',
    ]);
  }
  return policySet;
}

function isBundle(value: unknown): value is PolicyBundle {
  return (
    isRecord(value) &&
    typeof value.source === 'string' &&
    typeof value.text === 'string' &&
    typeof value.fromUrl === 'boolean' &&
    isRecord(value.files) &&
    Object.values(value.files).every(text => typeof text === 'string')
  );
}

function linesOf(error: unknown): readonly string[] {
  return error instanceof CommandLineError
    ? error.lines
    : [error instanceof Error ? error.message : String(error)];
}
