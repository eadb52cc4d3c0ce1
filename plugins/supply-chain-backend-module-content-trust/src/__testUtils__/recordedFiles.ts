import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FileSource } from './driveCollection';

const FIXTURES = resolve(__dirname, '../__fixtures__');
const VECTORS =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');

/** The instant at which all that is recorded is in date. */
export const RECORDED_NOW = new Date('2026-11-24T00:00:00Z');
/** GUN of the recorded states 1 to 3. */
export const APP = 'registry.example.test/team/app';
/** Its root keys: of versions 1 and 2, and of version 3. */
export const APP_ROOT_KEYS = [
  '59a746a840ce0b6efafabf9ffec70df3a8392530e1e44d9922ead564736e96ff',
  '3469b9e2e28d4fe689ca2c3b5c9fedd751fb0acdd1421919e1b7177c4af90bd8',
];

/** Files of a folder. */
export function filesIn(folder: string): FileSource {
  return name => {
    const file = join(folder, `${name}.json`);
    return existsSync(file) ? readFileSync(file) : undefined;
  };
}

/** Files of a recorded state. */
export function recordedFiles(name: string): FileSource {
  return filesIn(join(FIXTURES, name));
}

/** The folder of third-party vectors, or `undefined` when it is not here. */
export function vectorFolder(name: string): string | undefined {
  const folder = join(VECTORS, name);
  return existsSync(folder) ? folder : undefined;
}
