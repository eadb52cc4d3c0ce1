import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectorState } from '../verify/collecting';
import { CommandLineError } from '../commandLine/CommandLineError';

/**
 * Keeps the state of one collector in a folder, one file for each key. Files appear whole or not at all, so that
 * two runs at the same time do not break each other's.
 */
export class DirectoryState implements CollectorState {
  readonly #directory: string;

  /**
   * Opens the folder of a collector and makes it when it is missing.
   *
   * @throws CommandLineError when it cannot be made.
   */
  static async open(
    directory: string,
    collector: string,
  ): Promise<DirectoryState> {
    const own = join(directory, collector);
    try {
      await mkdir(own, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new CommandLineError('configuration', [
        `the state folder "${directory}" cannot be used: ${
          (error as Error).message
        }`,
      ]);
    }
    return new DirectoryState(own);
  }

  private constructor(directory: string) {
    this.#directory = directory;
  }

  async get(key: string): Promise<string | undefined> {
    try {
      return await readFile(this.#pathOf(key), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      // State that cannot be read is not the same as none: without it a collector could fall back behind.
      throw error;
    }
  }

  async set(key: string, value: string): Promise<void> {
    const path = this.#pathOf(key);
    const temporary = `${path}.${randomUUID()}`;
    await writeFile(temporary, value, { mode: 0o600 });
    await rename(temporary, path);
  }

  /** Keys hold slashes and colons, and come from registries: their hash is a file name everywhere. */
  #pathOf(key: string): string {
    return join(
      this.#directory,
      createHash('sha256').update(key).digest('hex'),
    );
  }
}
