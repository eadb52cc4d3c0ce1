import { escapeHostileText } from '../ui/escapeHostileText';

/** A table to write. */
export type ExportTable = {
  header: readonly string[];
  rows: readonly (readonly CsvValue[])[];
};

/** What a cell can hold. */
export type CsvValue = string | number | boolean | undefined;

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

/**
 * Comma-separated values (RFC 4180) that no spreadsheet takes for a formula (L32).
 */
export function toCsv(table: ExportTable): string {
  const lines = [table.header, ...table.rows].map(row =>
    row.map(cell).join(','),
  );
  return `${lines.join('\r\n')}\r\n`;
}
