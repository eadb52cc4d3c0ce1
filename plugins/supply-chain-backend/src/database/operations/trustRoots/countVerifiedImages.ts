import { verifiedImages, VerifiedImagesOptions } from './verifiedImages';

/** How many images stand on a trust root. */
export type VerifiedImageCounts = {
  verified: number;
  /** Of these, with one signer whatever the trust root. */
  singleSigner: number;
  /** Of these, with no signer but those of Docker Content Trust. */
  contentTrustOnly: number;
};

/** Counts by name of the trust root. */
export async function countVerifiedImages(
  options: VerifiedImagesOptions,
): Promise<Map<string, VerifiedImageCounts>> {
  const { knex } = options;
  const images = verifiedImages(options).distinct(
    'signed.subject_key',
    'signed.trust_root',
    'totals.signer_count',
    'totals.others',
  );
  const rows: Record<string, unknown>[] = await knex
    .from(images.as('images'))
    .groupBy('trust_root')
    .select('trust_root')
    .count({ verified: '*' })
    .sum({
      single: knex.raw('case when signer_count = 1 then 1 else 0 end'),
      only: knex.raw('case when others = 0 then 1 else 0 end'),
    });
  return new Map(
    rows.map(row => [
      String(row.trust_root),
      {
        // PostgreSQL returns counts and sums as text.
        verified: Number(row.verified),
        singleSigner: Number(row.single),
        contentTrustOnly: Number(row.only),
      },
    ]),
  );
}

/** How many images have no signer but those of Docker Content Trust, under whatever trust root. */
export async function countContentTrustOnly(
  options: VerifiedImagesOptions,
): Promise<number> {
  const [row] = await verifiedImages(options)
    .where('totals.others', 0)
    .countDistinct({ count: 'signed.subject_key' });
  return Number(row.count);
}
