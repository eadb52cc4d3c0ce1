import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/**
 * Tells whether files hold something else than when they were last asked about. Contents are compared, not times: a
 * mounted Secret or ConfigMap is replaced by moving a link, which no watch of the file itself sees.
 */
export class FileWatch {
  #last: string | undefined;

  /** Whether any of the files changed, appeared or went away since the last call; true on the first. */
  async changed(paths: readonly string[]): Promise<boolean> {
    const contents = await Promise.all(paths.map(fingerprint));
    const now = JSON.stringify([paths, contents]);
    const changed = now !== this.#last;
    this.#last = now;
    return changed;
  }
}

async function fingerprint(path: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch (error) {
    // Whoever loads it says so; here it only is another state of the file.
    return (error as NodeJS.ErrnoException).code ?? 'unreadable';
  }
}
