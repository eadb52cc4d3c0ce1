import { NotFoundError } from '@backstage/errors';
import { PolicySet, schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  listVerifiedImages,
  VerifiedImage,
  VerifiedImageFilter,
} from '../../database/operations/trustRoots/listVerifiedImages';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { Page } from '../SupplyChainService';

/** Options of {@link readTrustRootImages}. */
export type ReadTrustRootImagesOptions = {
  knex: Knex;
  visible: VisibleEntities;
  policySet: PolicySet | undefined;
  trustRoot: string;
  only?: VerifiedImageFilter;
  page: Page;
  sandbox: boolean;
};

/**
 * Images a trust root verifies, as far as the caller may see them.
 *
 * @throws NotFoundError when no such trust root is in force.
 */
export async function readTrustRootImages(
  options: ReadTrustRootImagesOptions,
): Promise<schema.TrustRootImagePage> {
  const { policySet, trustRoot, page, sandbox, ...query } = options;
  if (!policySet?.trustRoots.some(({ name }) => name === trustRoot)) {
    throw new NotFoundError(`No trust root '${trustRoot}' is in force`);
  }
  const { total, images } = await listVerifiedImages({
    ...query,
    trustRoot,
    ...page,
  });
  return { total, items: images.map(imageOf), sandbox };
}

function imageOf(image: VerifiedImage): schema.TrustRootImage {
  const { subjectKey, schemes, ...rest } = image;
  const at = subjectKey.lastIndexOf('@');
  return {
    ...rest,
    repository: subjectKey.slice(0, at),
    digest: subjectKey.slice(at + 1),
    schemes: schemes as schema.TrustRootImage['schemes'],
  };
}
