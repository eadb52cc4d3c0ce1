import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');

/** The folder of the vectors of one kind, or `undefined` when it is not here. */
export function vectorFolder(name: string): string | undefined {
  const folder = join(FOLDER, name);
  return existsSync(folder) ? folder : undefined;
}

/** The text of a file, or `undefined` when there is none. */
export function readOptional(...path: string[]): string | undefined {
  const file = join(...path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Names of the folders in a folder. */
export function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
