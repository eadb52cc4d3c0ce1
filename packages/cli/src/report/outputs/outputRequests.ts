import { usageError } from '../../commandLine/CommandLineError';

/** How results can be written. */
export const OUTPUT_FORMATS = [
  'text',
  'json',
  'sarif',
  'junit',
  'markdown',
  'github',
] as const;

/** One of {@link OUTPUT_FORMATS}. */
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** One output that is asked for. */
export type OutputRequest = {
  format: OutputFormat;
  /** Absent: to stdout; annotations for GitHub go to stderr, where its runner reads them as well. */
  file?: string;
};

/** What is written when nothing is asked for. */
const TEXT: OutputRequest = { format: 'text' };

/** The lines about it in the help of a command. */
export const OUTPUT_HELP = `  --output FORMAT[=FILE]    text, json, sarif, junit, markdown or github; text by default; may be repeated, and
                            one at most goes to stdout (github without FILE goes to stderr)`;

/** Reads `--output`: several may be asked for, one at most to stdout, none twice to the same place. */
export function readOutputRequests(texts: string[]): OutputRequest[] {
  const requests = texts.length > 0 ? texts.map(readRequest) : [TEXT];
  const places = requests.map(placeOf);
  const twice = places.find((place, index) => places.indexOf(place) < index);
  if (twice !== undefined) {
    throw usageError(
      `expected one --output at most for each place, got several for ${twice}`,
    );
  }
  return requests;
}

function readRequest(text: string): OutputRequest {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const format = OUTPUT_FORMATS.find(each => each === name);
  const file = equals < 0 ? undefined : text.slice(equals + 1);
  if (!format || file === '') {
    throw usageError(
      `expected --output as one of ${OUTPUT_FORMATS.join(
        ', ',
      )}, with =FILE where it goes to a file, got "${text}"`,
    );
  }
  return { format, ...(file !== undefined && { file }) };
}

function placeOf({ format, file }: OutputRequest): string {
  if (file !== undefined) {
    return `"${file}"`;
  }
  return format === 'github' ? 'stderr' : 'stdout';
}
