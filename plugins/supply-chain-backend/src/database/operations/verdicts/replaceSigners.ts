import { Knex } from 'knex';
import { Judgement } from '../../../stores/VerdictStore';
import { contentHash } from '../../contentHash';
import { MAXIMUM_REFERENCE, storable } from '../../storable';
import { ImageSignerRow } from '../../tables';

/** Options of {@link replaceSigners}. */
export type ReplaceSignersOptions = {
  transaction: Knex;
  runningImageId: string;
  judgement: Judgement;
};

/** Replaces the accepted signers of one running image for one entity. */
export async function replaceSigners(
  options: ReplaceSignersOptions,
): Promise<void> {
  const { transaction, runningImageId, judgement } = options;
  const place = {
    running_image_id: runningImageId,
    entity_ref: judgement.entityRef,
  };
  await transaction<ImageSignerRow>('image_signers').where(place).delete();
  const rows = (judgement.judged.signers ?? []).map(
    ({ trustRoot, scheme, signer, identity }): ImageSignerRow => ({
      ...place,
      trust_root: trustRoot,
      scheme,
      signer_id: contentHash({ identity }),
      signer: storable(signer, MAXIMUM_REFERENCE),
    }),
  );
  if (rows.length > 0) {
    await transaction<ImageSignerRow>('image_signers').insert(rows);
  }
}
