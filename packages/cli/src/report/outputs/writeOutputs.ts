import { writeFile } from 'node:fs/promises';
import { CommandLineContext } from '../../commandLine/CommandLineContext';
import { CommandLineError } from '../../commandLine/CommandLineError';
import { createStyle, Style } from '../style';
import { VerifyReport } from '../verifyReport';
import { formatGithub } from './formatGithub';
import { formatJson } from './formatJson';
import { formatJunit } from './formatJunit';
import { formatMarkdown } from './formatMarkdown';
import { formatText } from './formatText';
import { OutputFormat, OutputRequest } from './outputRequests';
import { formatSarif } from './sarif';

const FORMATTERS: Record<
  OutputFormat,
  (report: VerifyReport, style: Style) => string
> = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
  junit: formatJunit,
  markdown: formatMarkdown,
  github: formatGithub,
};

/** Whoever reads a file wants no colours. */
const NOBODY = { write: () => undefined, isTTY: false };

/**
 * Writes the report in every form that was asked for.
 *
 * @throws CommandLineError when a file cannot be written.
 */
export async function writeOutputs(options: {
  report: VerifyReport;
  outputs: OutputRequest[];
  context: CommandLineContext;
}): Promise<void> {
  const { report, outputs, context } = options;
  const problems: string[] = [];
  for (const { format, file } of outputs) {
    const style = createStyle(
      file === undefined ? context : { ...context, stdout: NOBODY },
    );
    const text = FORMATTERS[format](report, style);
    if (file === undefined) {
      const sink = format === 'github' ? context.stderr : context.stdout;
      sink.write(text);
    } else {
      problems.push(...(await writeTo(file, text)));
    }
  }
  if (problems.length > 0) {
    throw new CommandLineError('configuration', problems);
  }
}

async function writeTo(file: string, text: string): Promise<string[]> {
  try {
    await writeFile(file, text);
    return [];
  } catch (error) {
    return [`"${file}" cannot be written: ${(error as Error).message}`];
  }
}
