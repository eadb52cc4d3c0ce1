import { CommandLineContext } from '../commandLine/CommandLineContext';
import { CommandLineError } from '../commandLine/CommandLineError';
import { EXIT_CODES, ExitCode } from '../commandLine/exitCodes';
import { parseOptions } from '../commandLine/parseOptions';
import { formatOf, readEvidence } from '../evidence';
import { PortalClient, readPortalAccess } from '../portal';
import {
  readUploadOptions,
  UPLOAD_HELP,
  UPLOAD_OPTIONS,
  UploadOptions,
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
  const files = await readFiles(options);
  const receipts = await uploadFiles(
    { ...options, files },
    PortalClient.create(access),
  );
  writeReceipts(receipts, { output: options.output, context });
  return EXIT_CODES.pass;
}

/** Everything is read before anything is sent. */
async function readFiles(options: UploadOptions): Promise<FileToUpload[]> {
  const { format, scannedAt } = options;
  const read = await readEvidence(options.files, { scannedAt });
  const files = read.map(evidence => ({
    file: evidence.file,
    bytes: evidence.bytes,
    kind: evidence.kind,
    format: formatOf(evidence),
    ...(formatOf(evidence) === 'sarif' &&
      scannedAt && { scannedAt: scannedAt.toISOString() }),
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
