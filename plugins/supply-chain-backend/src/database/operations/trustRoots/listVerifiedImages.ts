import { Knex } from 'knex';
import {
  verifiedImages,
  VerifiedImagesOptions,
  visibleImages,
} from './verifiedImages';

/** What a list of images is narrowed to. */
export type VerifiedImageFilter = 'singleSigner' | 'contentTrustOnly';

/** An image that stands on a trust root. */
export type VerifiedImage = {
  /** repository@digest. */
  subjectKey: string;
  schemes: string[];
  signers: string[];
  singleSigner: boolean;
  contentTrustOnly: boolean;
  /** Visible services that run it. */
  entityRefs: string[];
};

/** Options of {@link listVerifiedImages}. */
export type ListVerifiedImagesOptions = VerifiedImagesOptions & {
  trustRoot: string;
  only?: VerifiedImageFilter;
  offset: number;
  limit: number;
};

/** Images that stand on a trust root, in order of their names, and how many there are. */
export async function listVerifiedImages(
  options: ListVerifiedImagesOptions,
): Promise<{ total: number; images: VerifiedImage[] }> {
  const { offset, limit } = options;
  const [{ count }] = await imagesOf(options).countDistinct({
    count: 'signed.subject_key',
  });
  const page: Page[] = await imagesOf(options)
    .distinct('signed.subject_key', 'totals.signer_count', 'totals.others')
    .orderBy('signed.subject_key')
    .offset(offset)
    .limit(limit);
  const keys = page.map(row => row.subject_key);
  const signers: Signer[] = await imagesOf(options)
    .whereIn('signed.subject_key', keys)
    .distinct('signed.subject_key', 'signed.scheme', 'signed.signer');
  const runs: Run[] = await visibleImages(options)
    .whereIn('images.subject_key', keys)
    .distinct('images.subject_key', 'images.entity_ref');
  return {
    total: Number(count),
    images: page.map(row => imageOf(row, signers, runs)),
  };
}

type Page = { subject_key: string; signer_count: unknown; others: unknown };
type Signer = { subject_key: string; scheme: string; signer: string };
type Run = { subject_key: string; entity_ref: string };

function imagesOf(options: ListVerifiedImagesOptions): Knex.QueryBuilder {
  const { trustRoot, only } = options;
  const query = verifiedImages(options).where('signed.trust_root', trustRoot);
  switch (only) {
    case 'singleSigner':
      return query.where('totals.signer_count', 1);
    case 'contentTrustOnly':
      return query.where('totals.others', 0);
    default:
      return query;
  }
}

function imageOf(row: Page, signers: Signer[], runs: Run[]): VerifiedImage {
  const subjectKey = row.subject_key;
  const own = signers.filter(each => each.subject_key === subjectKey);
  const sorted = (values: string[]) => [...new Set(values)].sort();
  return {
    subjectKey,
    schemes: sorted(own.map(each => each.scheme)),
    signers: sorted(own.map(each => each.signer)),
    // PostgreSQL returns counts and sums as text.
    singleSigner: Number(row.signer_count) === 1,
    contentTrustOnly: Number(row.others) === 0,
    entityRefs: sorted(
      runs
        .filter(each => each.subject_key === subjectKey && each.entity_ref)
        .map(each => each.entity_ref),
    ),
  };
}
