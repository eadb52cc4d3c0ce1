/**
 * What a cell can hold; nothing where it is not known.
 *
 * @public
 */
export type CsvValue = string | number | boolean | undefined;

/**
 * The columns of a table by their names, in order, and what stands in each for a row.
 *
 * @public
 */
export type ExportTable<T> = Readonly<Record<string, (row: T) => CsvValue>>;
