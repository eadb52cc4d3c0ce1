import {
  containsText,
  SbomComponent,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { readSbomComponents } from '../../database/operations/sboms/readSboms';
import { Page } from '../SupplyChainService';

/** Options of {@link componentsIn}. */
export type ComponentsInOptions = {
  knex: Knex;
  /** What lists them; undefined: nothing does. */
  sbom: { components_hash: string } | undefined;
  page: Page;
  search?: string;
};

/**
 * What an SBOM lists, by name. The one document is searched, which a cluster limits to some MB; rows of their own would be
 * written for every SBOM, and searched for this one only.
 */
export async function componentsIn(
  options: ComponentsInOptions,
): Promise<{ total: number; items: schema.ImageComponent[] }> {
  const { knex, sbom, page, search } = options;
  const text =
    sbom && (await readSbomComponents({ knex, hash: sbom.components_hash }));
  const components: SbomComponent[] = text ? JSON.parse(text) : [];
  const matching = components.filter(matcherOf(search));
  return {
    total: matching.length,
    items: matching.slice(page.offset, page.offset + page.limit),
  };
}

function matcherOf(search = ''): (component: SbomComponent) => boolean {
  const wanted = search.trim();
  return ({ name, group, version, purl, licences = [] }) =>
    containsText([name, group, version, purl, ...licences], wanted);
}
