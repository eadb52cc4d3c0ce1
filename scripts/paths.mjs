import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Joins path segments to the root of the repository. */
export const fromRoot = (...segments) => join(root, ...segments);

/** Tools the bootstrap obtains; ignored by git, safe to delete. */
export const toolsDirectory = fromRoot('.tools');

/** Databases and logs of the sandbox; ignored by git, safe to delete. */
export const defaultStateDirectory = fromRoot('.sandbox');

/** The command line of Backstage, run by path so that no shim is needed. */
export const backstageCli = fromRoot(
  'node_modules/@backstage/cli/bin/backstage-cli',
);

/** Lets Node load the TypeScript of the workspace; the same hook Backstage uses for development. */
export const typescriptHook = fromRoot(
  'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
);
