import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');

/** The folder of the vectors of one kind, or `undefined` when it is not here. */
export function vectorFolder(name: string): string | undefined {
  const folder = join(FOLDER, name);
  return existsSync(folder) ? folder : undefined;
}
