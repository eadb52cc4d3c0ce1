import { Knex } from 'knex';
import { UploadRow } from '../../tables';
import { StatedVex } from './StatedVex';
import { UPLOAD_LIMITS } from './uploadLimits';
import { vexDetailOf } from './uploadRow';

/** Options of {@link makeRoom}. */
export type MakeRoomOptions = {
  transaction: Knex.Transaction;
  /** What is to be stored and is not there yet. */
  row: UploadRow;
};

type Known = Pick<UploadRow, 'id' | 'trust' | 'uploaded_by'>;

/**
 * Whether there is room for an upload. Where there is none, one VEX document makes it: the oldest whose own uploader has
 * since stated all of it anew. That of the same uploader goes first; that of others only when they take the room. Nothing
 * that decides anything is ever dropped, and no scan: what only it found would be hidden.
 */
export async function makeRoom(options: MakeRoomOptions): Promise<boolean> {
  const { transaction, row } = options;
  const { byOne, byAll } = UPLOAD_LIMITS[row.kind];
  const all = await listBeside(transaction, row);
  const isOwn = (each: Known) => uploaderOf(each) === uploaderOf(row);
  const own = all.filter(isOwn);
  if (own.length < byOne && all.length < byAll) {
    return true;
  }
  if (row.kind !== 'vex') {
    return false;
  }
  const others = all.filter(each => !isOwn(each));
  const uploaders = [own, ...(own.length < byOne ? byUploader(others) : [])];
  for (const known of uploaders) {
    const id = await firstSuperseded(transaction, known, row);
    if (id !== undefined) {
      await transaction<UploadRow>('uploads').where({ id }).delete();
      return true;
    }
  }
  return false;
}

/** Oldest first. */
async function listBeside(
  transaction: Knex.Transaction,
  { entity_ref, repository, digest, kind }: UploadRow,
): Promise<Known[]> {
  return transaction<UploadRow>('uploads')
    .where({ entity_ref, repository, digest, kind })
    .orderBy(['made_at', 'id'])
    .select('id', 'trust', 'uploaded_by');
}

function byUploader(rows: Known[]): Known[][] {
  const uploaders = new Map<string, Known[]>();
  for (const row of rows) {
    const key = uploaderOf(row);
    uploaders.set(key, [...(uploaders.get(key) ?? []), row]);
  }
  return [...uploaders.values()];
}

function uploaderOf({ trust, uploaded_by }: Known): string {
  return JSON.stringify([trust, uploaded_by]);
}

/** Documents are read one by one: together they may be large. */
async function firstSuperseded(
  transaction: Knex.Transaction,
  known: Known[],
  row: UploadRow,
): Promise<string | undefined> {
  const stated = new StatedVex(new Date(row.uploaded_at));
  for (const { id } of known) {
    const stored = await transaction<UploadRow>('uploads')
      .where({ id })
      .first();
    if (stored) {
      stated.add(id, vexDetailOf(stored));
    }
  }
  if (known.some(each => uploaderOf(each) === uploaderOf(row))) {
    stated.add(row.id, vexDetailOf(row));
  }
  const id = stated.firstSuperseded();
  return id === row.id ? undefined : id;
}
