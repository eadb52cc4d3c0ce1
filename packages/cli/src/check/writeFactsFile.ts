import { writeFile } from 'node:fs/promises';
import { CommandLineError } from '../commandLine/CommandLineError';
import { JudgedImage } from '../verify/judgeImages';

/**
 * Keeps what images were judged on, as JSON Lines: for cases of `policy test` and for `policy diff`.
 *
 * @throws CommandLineError when the file cannot be written.
 */
export async function writeFactsFile(
  file: string,
  images: JudgedImage[],
): Promise<void> {
  const lines = images.map(({ facts }) => `${JSON.stringify(facts)}\n`);
  try {
    await writeFile(file, lines.join(''));
  } catch (error) {
    throw new CommandLineError('configuration', [
      `"${file}" cannot be written: ${(error as Error).message}`,
    ]);
  }
}
