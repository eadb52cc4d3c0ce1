import { SbomComponent, schema } from 'backstage-plugin-supply-chain-common';
import { readEvidence } from '../../database/operations/evidence/readEvidence';
import { readSbomComponents } from '../../database/operations/sboms/readSboms';
import { originIn } from '../../derivations/originIn';
import { Page } from '../SupplyChainService';
import { readImageContents } from './readImageContents';
import { readVisibleImage, ReadVisibleImageOptions } from './readVisibleImage';

/** Options of {@link readComponentPage}. */
export type ReadComponentPageOptions = ReadVisibleImageOptions & {
  page: Page;
  search?: string;
};

/**
 * What is in an image, by name. The one document of the image is searched, which a cluster limits to some MB; rows of their
 * own would be written for every image, and searched for this one only.
 */
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
  const text =
    sbom && (await readSbomComponents({ knex, hash: sbom.components_hash }));
  const components: SbomComponent[] = text ? JSON.parse(text) : [];
  const matching = components.filter(matcherOf(search));
  return {
    contents: shown,
    total: matching.length,
    items: matching.slice(page.offset, page.offset + page.limit),
  };
}

function matcherOf(search = ''): (component: SbomComponent) => boolean {
  const wanted = search.trim().toLocaleLowerCase('en-US');
  return ({ name, group, version, purl, licences = [] }) =>
    [name, group, version, purl, ...licences].some(text =>
      text?.toLocaleLowerCase('en-US').includes(wanted),
    );
}
