import { CsvValue, ExportTable } from './exportTable';
import { escapeHostileText, UNSEEN_CHARACTERS } from '../text';

/**
 * In which forms rows are exported.
 *
 * @public
 */
export type ExportFormat = 'csv' | 'json';

/**
 * Writes a file in pieces: joined in order they are the file.
 *
 * @public
 */
export interface ExportWriter<T> {
  /** MIME type of the file. */
  readonly type: string;
  write(rows: readonly T[]): string;
  /** What is left to write after the last row. */
  end(): string;
}

/**
 * Writes rows as a table or as they are.
 *
 * @public
 */
export function exportWriter<T>(options: {
  format: ExportFormat;
  table: ExportTable<T>;
}): ExportWriter<T> {
  return options.format === 'csv' ? csvWriter(options.table) : jsonWriter();
}

/** What a spreadsheet takes for the start of a formula, also in its wide forms. */
const FORMULA_START = /^[\s"']*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/u;

function cell(value: CsvValue): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value !== 'string') {
    return String(value);
  }
  // Line breaks and tabs are written out too: a cell stays one cell in every reader (L32).
  const text = escapeHostileText(value);
  const harmless = FORMULA_START.test(text) ? `'${text}` : text;
  return `"${harmless.replace(/"/g, '""')}"`;
}

/** Comma-separated values (RFC 4180) that no spreadsheet takes for a formula (L32). */
function csvWriter<T>(table: ExportTable<T>): ExportWriter<T> {
  const columns = Object.values(table);
  const lineOf = (values: CsvValue[]) => `${values.map(cell).join(',')}\r\n`;
  let header = lineOf(Object.keys(table));
  const withHeader = (lines: string) => {
    const text = header + lines;
    header = '';
    return text;
  };
  return {
    type: 'text/csv; charset=utf-8',
    write: rows =>
      withHeader(
        rows.map(row => lineOf(columns.map(valueOf => valueOf(row)))).join(''),
      ),
    end: () => withHeader(''),
  };
}

function unicodeEscapes(character: string): string {
  // A newline outside a string is ours; inside one JSON.stringify has already escaped it.
  return character === '\n'
    ? character
    : Array.from(
        { length: character.length },
        (_, index) =>
          `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
      ).join('');
}

/** A list of the rows; characters that are not seen are written as escapes, which every reader undoes (L32). */
function jsonWriter<T>(): ExportWriter<T> {
  const [open, close] = ['[\n', '\n]'];
  let before = open;
  return {
    type: 'application/json; charset=utf-8',
    write: rows => {
      if (rows.length === 0) {
        return '';
      }
      const items = JSON.stringify(rows, null, 2)
        .slice(open.length, -close.length)
        .replace(UNSEEN_CHARACTERS, unicodeEscapes);
      const text = before + items;
      before = ',\n';
      return text;
    },
    end: () => (before === open ? '[]\n' : `${close}\n`),
  };
}
