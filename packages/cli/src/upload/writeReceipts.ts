import { CommandLineContext } from '../commandLine/CommandLineContext';
import { escapeLogText } from '../report/outputs/escapeLogText';
import { UploadReceipt } from './uploadFiles';

const TEXTS: Record<UploadReceipt['status'], string> = {
  created: 'handed in',
  replaced: 'handed in, in place of an older one',
  unchanged: 'already there',
  kept: 'not taken: there is a newer one',
};

/** Says what became of each file. */
export function writeReceipts(
  uploads: UploadReceipt[],
  options: { output: 'text' | 'json'; context: CommandLineContext },
): void {
  const { output, context } = options;
  const text =
    output === 'json'
      ? `${JSON.stringify({ schemaVersion: 1, uploads }, undefined, 2)}\n`
      : uploads.map(lineOf).join('');
  context.stdout.write(text);
}

function lineOf(receipt: UploadReceipt): string {
  const { file, format, status, trust, madeAt, ignored = [] } = receipt;
  return [
    `${file} (${format}, ${madeAt}, ${trust}): ${TEXTS[status]}`,
    ...ignored.map(
      ({ index, reason, message }) =>
        `  statement ${index} is ignored: ${reason}: ${message}`,
    ),
  ]
    .map(line => `${escapeLogText(line)}\n`)
    .join('');
}
