import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The file of a program that a variable names or that is on the PATH; `undefined` when there is none. */
export function findProgram(
  name: string,
  variable: string,
): string | undefined {
  const candidates = [
    ...(process.env[variable] ? [process.env[variable]!] : []),
    ...(process.env.PATH ?? '')
      .split(delimiter)
      .map(folder => join(folder, name)),
  ];
  return candidates.find(file => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
