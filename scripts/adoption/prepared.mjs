import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const VARIABLE = 'SUPPLY_CHAIN_ADOPTION_DIRECTORY';
const FILE = 'prepared.json';

/** Hands what was prepared to the tests, which are processes of their own; returns their environment. */
export function handOver(directory, content) {
  writeFileSync(join(directory, FILE), JSON.stringify(content, null, 2));
  return { [VARIABLE]: directory };
}

/** What `scripts/test/adoption.mjs` prepared: `{ packages, app, deployed, steps }`. */
export function prepared() {
  const directory = process.env[VARIABLE];
  if (!directory) {
    throw new Error(`expected ${VARIABLE}; run npm run test:adoption`);
  }
  return JSON.parse(readFileSync(join(directory, FILE), 'utf8'));
}
