import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Those of the tools that are not on the `PATH`. */
export function missingTools(...tools: string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return tools.filter(
    tool => !folders.some(folder => existsSync(join(folder, tool))),
  );
}
