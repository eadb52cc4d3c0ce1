import { Knex } from 'knex';
import { UploadRow } from '../../tables';
import { UploadOrigin } from './uploadRow';

/** Options of {@link findUpload}. */
export type FindUploadOptions = {
  knex: Knex;
  origin: UploadOrigin;
  kind: UploadRow['kind'];
  bodyHash: string;
};

/** What the same uploader handed in about the same image with the same bytes. */
export async function findUpload(
  options: FindUploadOptions,
): Promise<UploadRow | undefined> {
  const { knex, origin, kind, bodyHash } = options;
  return knex<UploadRow>('uploads')
    .where({ ...origin, kind, body_hash: bodyHash })
    .first();
}
