import { schema } from 'backstage-plugin-supply-chain-common';
import { readEvidence } from '../../database/operations/evidence/readEvidence';
import { originIn } from '../../derivations/originIn';
import { Page } from '../SupplyChainService';
import { componentsIn } from './componentsIn';
import { readImageContents } from './readImageContents';
import { readVisibleImage, ReadVisibleImageOptions } from './readVisibleImage';

/** Options of {@link readComponentPage}. */
export type ReadComponentPageOptions = ReadVisibleImageOptions & {
  page: Page;
  search?: string;
};

/** What is in an image, by name. */
export async function readComponentPage(
  options: ReadComponentPageOptions,
): Promise<schema.ImageComponentPage> {
  const { knex, page, search } = options;
  const { runs, subjectKey } = await readVisibleImage(options);
  const found = await readEvidence({ knex, subjectKeys: [subjectKey] });
  const { shown, sbom } = await readImageContents({
    knex,
    images: runs.map(({ run }) => run),
    origin: originIn(found.get(subjectKey) ?? []),
  });
  return {
    contents: shown,
    ...(await componentsIn({ knex, sbom, page, search })),
  };
}
