import {
  keyFiguresOf,
  OutcomeCounts,
  PolicySet,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { countImages } from '../../database/operations/overview/countImages';
import { countServices } from '../../database/operations/overview/countServices';
import { countUnknownReasons } from '../../database/operations/overview/countUnknownReasons';
import { listChanges } from '../../database/operations/overview/listChanges';
import { listFacets } from '../../database/operations/overview/listFacets';
import { listRepositories } from '../../database/operations/overview/listRepositories';
import {
  listServices,
  ServiceOrder,
} from '../../database/operations/overview/listServices';
import { listServiceRefs } from '../../database/operations/overview/listServiceRefs';
import {
  isNarrowed,
  ServiceFilter,
  ServicesQueryOptions,
} from '../../database/operations/overview/servicesQuery';
import { listSources } from '../../database/operations/sources/listSources';
import { countUnlinked } from '../../database/operations/unlinked/listUnlinkedImages';
import { SourceHealthRow } from '../../database/tables';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { Page } from '../SupplyChainService';
import { checklist } from './checklist';
import { changeFrom, serviceRowFrom } from './serviceRow';
import { isTroubled, sourceProblemOf, sourceProblems } from './sourceProblems';

const CHANGES_SHOWN = 10;
const CHANGES_WITHIN_MS = 24 * 60 * 60 * 1_000;

/** Options of {@link readOverview}. */
export type ReadOverviewOptions = {
  knex: Knex;
  visible: VisibleEntities;
  filter: ServiceFilter;
  order: ServiceOrder;
  page: Page;
  policySet: PolicySet | undefined;
  now: Date;
  sandbox: boolean;
};

/** Key figures and services over everything the caller may see. */
export async function readOverview(
  options: ReadOverviewOptions,
): Promise<schema.Overview> {
  const { knex, visible, filter, order, page, now, sandbox } = options;
  const since = new Date(now.getTime() - CHANGES_WITHIN_MS).toISOString();
  const narrowed = await searchOnce({ knex, visible, filter });
  const [services, images, unknownReasons, items, changes, facets, unlinked] =
    await Promise.all([
      countServices(narrowed),
      countImages(narrowed),
      countUnknownReasons(narrowed),
      listServices({ ...narrowed, order, ...page }),
      listChanges({ ...narrowed, since, limit: CHANGES_SHOWN }),
      listFacets({ knex, visible }),
      visible.unlinked ? countUnlinked({ knex }) : undefined,
    ]);
  const unlinkedImages = unlinked?.images ?? 0;
  const state = await readState({ ...options, clusters: facets.clusters });
  return {
    asOf: now.toISOString(),
    figures: keyFiguresOf({
      ...images,
      services,
      unknownReasons,
      ...(unlinked && { unlinked: unlinked.workloads }),
    }),
    checklist: checklist({
      sources: state.sources,
      services: total(
        isNarrowed(filter)
          ? await countServices({ knex, visible, filter: {} })
          : services,
      ),
      hasImages: facets.clusters.length > 0 || unlinkedImages > 0,
      // The checklist is not about what somebody looks for, and counting all images again would take long.
      images: isNarrowed(filter) ? undefined : images.images + unlinkedImages,
      trustRoots: options.policySet?.trustRoots.length ?? 0,
      policies: options.policySet?.policies.length ?? 0,
    }),
    changes: changes.map(changeFrom),
    total: total(services),
    items: items.map(serviceRowFrom),
    facets,
    sources: state.problems,
    sandbox,
  };
}

/** Looks for what somebody typed once instead of in each of the queries. */
async function searchOnce(
  options: ServicesQueryOptions,
): Promise<ServicesQueryOptions> {
  const { knex, visible, filter } = options;
  if (!filter.search) {
    return options;
  }
  const refs = await listServiceRefs(options);
  return { knex, visible: { ...visible, refs }, filter: {} };
}

function total(counts: OutcomeCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/**
 * Sources as far as the caller may see them: all, or those that what it sees depends on (L33). Names of other clusters
 * would tell of workloads that are hidden.
 */
async function readState(options: {
  knex: Knex;
  visible: VisibleEntities;
  clusters: string[];
}): Promise<{ sources: SourceHealthRow[]; problems: schema.SourceProblem[] }> {
  const { knex, visible, clusters } = options;
  const sources = await listSources({ knex });
  if (visible.sources) {
    const problems = sources.filter(isTroubled).map(sourceProblemOf);
    return { sources, problems };
  }
  return {
    sources: sources.filter(
      source =>
        source.of_no_cluster ||
        (['cluster', 'scanner'].includes(source.kind) &&
          clusters.includes(source.name)),
    ),
    problems: sourceProblems({
      sources,
      dependsOn: {
        clusters,
        repositories: sources.some(isFailingRegistry)
          ? await listRepositories({ knex, visible, filter: {} })
          : [],
      },
      shared: false,
    }),
  };
}

function isFailingRegistry({ kind, state }: SourceHealthRow): boolean {
  return kind === 'registry' && state !== 'ok';
}
