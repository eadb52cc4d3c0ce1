import { CommandLineContext } from '../commandLine/CommandLineContext';
import { CommandLineError } from '../commandLine/CommandLineError';
import { EXIT_CODES, ExitCode } from '../commandLine/exitCodes';
import { parseOptions } from '../commandLine/parseOptions';
import { readEvidence } from '../evidence';
import { PortalClient, readPortalAccess } from '../portal';
import {
  readUploadOptions,
  UPLOAD_HELP,
  UPLOAD_OPTIONS,
} from './uploadOptions';
import { FileToUpload, uploadFiles } from './uploadFiles';
import { writeReceipts } from './writeReceipts';

/** `supply-chain upload`: hands reports to a portal. */
export async function uploadCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const parsed = parseOptions(argv, UPLOAD_OPTIONS);
  if (parsed.has('help')) {
    context.stdout.write(UPLOAD_HELP);
    return EXIT_CODES.pass;
  }
  const options = readUploadOptions(parsed);
  const access = readPortalAccess(parsed, context.environment);
  const files = await readFiles(options.files, options.format);
  const receipts = await uploadFiles(
    { ...options, files },
    PortalClient.create(access),
  );
  writeReceipts(receipts, { output: options.output, context });
  return EXIT_CODES.pass;
}

/** Everything is read before anything is sent. */
async function readFiles(
  names: string[],
  format: string | undefined,
): Promise<FileToUpload[]> {
  const files = (await readEvidence(names)).map(({ file, bytes, report }) => ({
    file,
    bytes,
    kind: 'vulnerabilities',
    format: report.format as string,
  }));
  const others = files.filter(
    each => format !== undefined && each.format !== format,
  );
  if (others.length > 0) {
    throw new CommandLineError(
      'configuration',
      others.map(
        each =>
          `evidence "${each.file}": expected the format "${format}", got "${each.format}"`,
      ),
    );
  }
  return files;
}
