import { randomUUID } from 'node:crypto';
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { AdmissionFeedEnvelope } from 'backstage-plugin-supply-chain-common';

const INDEX = 'index.json';
const PAGE_FILE = /^\d{1,16}\.json$/;

/**
 * The pages on disk, as they were signed. The index names them in their order and appears whole or not at all; a page
 * that it does not name does not count.
 */
export class FeedSnapshot {
  readonly #directory: string;
  #files: string[] = [];

  /** Opens the folder, and makes it when it is missing. */
  static async open(stateDirectory: string): Promise<FeedSnapshot> {
    const directory = join(stateDirectory, 'feed');
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return new FeedSnapshot(directory);
  }

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Pages kept. */
  get size(): number {
    return this.#files.length;
  }

  /** The pages, oldest first. Nothing of them is checked here. */
  async *read(): AsyncGenerator<unknown> {
    this.#files = await this.#readIndex();
    for (const file of this.#files) {
      yield JSON.parse(await readFile(join(this.#directory, file), 'utf8'));
    }
  }

  /** Puts pages in the place of some that are there, or of all of them. */
  async put(
    pages: { sequence: number; envelope: AdmissionFeedEnvelope }[],
    { keep }: { keep: number },
  ): Promise<void> {
    const files = this.#files.slice(0, keep);
    for (const { sequence, envelope } of pages) {
      const file = `${sequence}.json`;
      await this.#write(file, JSON.stringify(envelope));
      files.push(file);
    }
    await this.#write(INDEX, JSON.stringify(files));
    this.#files = files;
    await this.#removeOthers();
  }

  async #readIndex(): Promise<string[]> {
    try {
      const text = await readFile(join(this.#directory, INDEX), 'utf8');
      const files: unknown = JSON.parse(text);
      return Array.isArray(files)
        ? files.filter(
            (file): file is string =>
              typeof file === 'string' && PAGE_FILE.test(file),
          )
        : [];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return [];
      }
      throw error;
    }
  }

  async #write(file: string, text: string): Promise<void> {
    const path = join(this.#directory, file);
    const temporary = `${path}.${randomUUID()}`;
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, path);
  }

  async #removeOthers(): Promise<void> {
    const named = new Set([INDEX, ...this.#files]);
    const present = await readdir(this.#directory);
    await Promise.all(
      present
        .filter(file => !named.has(file))
        .map(file => rm(join(this.#directory, file), { force: true })),
    );
  }
}
