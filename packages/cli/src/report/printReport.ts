import { CommandLineContext } from '../commandLine/CommandLineContext';
import type { JudgedImage } from '../verify/judgeImages';
import { escapeJson } from './escapeText';
import { createStyle } from './style';
import { formatReport } from './formatReport';
import { VerifyReport } from './verifyReport';

/** Prints the report, for machines or for people. */
export function printReport(options: {
  report: VerifyReport;
  images: JudgedImage[];
  output: 'text' | 'json';
  context: CommandLineContext;
}): void {
  const { report, images, output, context } = options;
  context.stdout.write(
    output === 'json'
      ? `${escapeJson(JSON.stringify(report, null, 2))}\n`
      : formatReport({ report, images, style: createStyle(context) }),
  );
}
