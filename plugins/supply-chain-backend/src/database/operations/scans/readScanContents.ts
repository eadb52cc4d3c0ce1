import { ScanContent, unpackScan } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { ScanRow, ScanTextRow } from '../../tables';

/** SQLite allows 32,766 bindings a statement. */
const TEXTS_PER_STATEMENT = 1_000;

/** What the scans that some rows point to found, by the hash of the scan. One that is not whole is left out. */
export async function readScanContents(
  knex: Knex,
  rows: { scan_hash: string | null }[],
): Promise<Map<string, ScanContent>> {
  const hashes = [...new Set(rows.flatMap(row => row.scan_hash ?? []))];
  const scans: ScanRow[] = [];
  for (const chunk of chunksOf(hashes)) {
    scans.push(...(await knex<ScanRow>('scans').whereIn('hash', chunk)));
  }
  const texts = await readTexts(knex, scans);
  return new Map(
    scans.flatMap(scan => {
      const content = contentOf(scan, texts);
      return content ? [[scan.hash, content] as const] : [];
    }),
  );
}

function contentOf(
  { detail, about }: ScanRow,
  texts: ReadonlyMap<string, string>,
): ScanContent | undefined {
  return about === null
    ? JSON.parse(detail)
    : unpackScan({ detail, about }, texts);
}

/** The texts that some scans point to. */
async function readTexts(
  knex: Knex,
  scans: ScanRow[],
): Promise<Map<string, string>> {
  const hashes = new Set(scans.flatMap(textHashesOf));
  hashes.delete('');
  const texts = new Map<string, string>();
  for (const chunk of chunksOf([...hashes], TEXTS_PER_STATEMENT)) {
    const rows: ScanTextRow[] = await knex<ScanTextRow>('scan_texts').whereIn(
      'hash',
      chunk,
    );
    rows.forEach(({ hash, text }) => texts.set(hash, text));
  }
  return texts;
}

/** What a scan points to in the texts; empty where it says nothing. */
export function textHashesOf({ about }: Pick<ScanRow, 'about'>): string[] {
  return about === null ? [] : JSON.parse(about);
}
