import {
  Severity,
  SEVERITIES_WORST_FIRST,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { seesEverything } from '../../../permissions/VisibleEntities';
import { containing } from '../../containing';
import { isPostgres } from '../../databaseTime';
import { countPlaces, PlaceCounts } from './countPlaces';
import { ScannedImagesOptions, scannedImages } from './scannedImages';

/** What the list is narrowed to. */
export type VulnerabilityFilter = {
  /** Part of a name or a title. */
  search?: string;
  /** Of the worst of it. */
  severity?: Severity;
  fixable?: boolean;
  exploited?: boolean;
};

/** A vulnerability of what the caller may see. */
export type ListedVulnerability = PlaceCounts & {
  name: string;
  /** Other names. */
  aliases: string[];
  title: string | null;
  severity: Severity;
  fixable: boolean;
};

/** Options of {@link listVulnerabilities}. */
export type ListVulnerabilitiesOptions = ScannedImagesOptions & {
  filter: VulnerabilityFilter;
  /** Names known to be exploited; these come first. */
  exploited: readonly string[];
  offset: number;
  limit: number;
};

type Row = {
  name: string;
  severity: unknown;
  fixable: unknown;
  images?: unknown;
  services?: unknown;
};

/** Vulnerabilities of what runs: the exploited ones first, then the worst, then those with a fix, then the newest. */
export async function listVulnerabilities(
  options: ListVulnerabilitiesOptions,
): Promise<{ total: number; vulnerabilities: ListedVulnerability[] }> {
  const { knex, exploited, offset, limit } = options;
  const [{ count }] = await matching(options).count({ count: '*' });
  const rows: Row[] = await matching(options)
    .select('found.*')
    .orderByRaw('case when found.name in ? then 0 else 1 end', [
      namedIn(knex, exploited) as never,
    ])
    .orderBy('found.severity')
    .orderBy('found.fixable', 'desc')
    // A total order, so that pages neither repeat nor skip a row.
    .orderBy('found.name', 'desc')
    .offset(offset)
    .limit(limit);
  const texts = await readTexts(
    options,
    rows.map(row => row.name),
  );
  const vulnerabilities: ListedVulnerability[] = [];
  for (const row of rows) {
    vulnerabilities.push({
      name: row.name,
      ...texts(row.name),
      severity: SEVERITIES_WORST_FIRST[Number(row.severity)],
      fixable: Number(row.fixable) === 1,
      ...(await placesOf(options, row)),
    });
  }
  // PostgreSQL returns counts as text.
  return { total: Number(count), vulnerabilities };
}

/** What the caller may see of each vulnerability (`found`), as far as the filter leaves it. */
function matching(options: ListVulnerabilitiesOptions): Knex.QueryBuilder {
  const { knex, filter, exploited } = options;
  const query = knex
    .with('seen', seen(options))
    .from(found(options).as('found'));
  if (filter.severity) {
    query.where(
      'found.severity',
      SEVERITIES_WORST_FIRST.indexOf(filter.severity),
    );
  }
  if (filter.fixable !== undefined) {
    query.where('found.fixable', filter.fixable ? 1 : 0);
  }
  if (filter.exploited !== undefined) {
    const listed = namedIn(knex, exploited);
    if (filter.exploited) {
      query.whereIn('found.name', listed);
    } else {
      query.whereNotIn('found.name', listed);
    }
  }
  if (filter.search) {
    query.whereIn('found.name', searched(knex, filter.search));
  }
  return query;
}

/**
 * What the caller may see (L33). Who sees everything reads what is kept with each vulnerability; for anybody else it is
 * made of the images they see.
 */
function seen(options: ListVulnerabilitiesOptions): Knex.QueryBuilder {
  const columns = ['id', 'name', 'title'].map(each => `known.${each}`);
  return readsAll(options)
    ? options
        .knex('vulnerabilities as known')
        .select(...columns, 'known.severity', 'known.fixable')
    : scannedImages(options)
        .join(
          'finding_set_members as members',
          'members.set_id',
          'images.finding_set',
        )
        .join(
          'vulnerabilities as known',
          'known.id',
          'members.vulnerability_id',
        )
        .select(
          ...columns,
          'members.severity',
          'members.fixable',
          'images.subject_key',
          'images.entity_ref',
        );
}

function found(options: ListVulnerabilitiesOptions): Knex.QueryBuilder {
  const { knex } = options;
  const query = knex
    .from('seen')
    .groupBy('name')
    .select('name')
    .min({ severity: 'severity' })
    .max({ fixable: 'fixable' });
  return readsAll(options)
    ? query
    : query
        .countDistinct({ images: 'subject_key' })
        .countDistinct({ services: knex.raw("nullif(entity_ref, '')") });
}

function readsAll({ visible, owners }: ListVulnerabilitiesOptions): boolean {
  return seesEverything(visible) && owners === undefined;
}

/** Names of those that somebody calls so, or that have a title like that. */
function searched(knex: Knex, search: string): Knex.QueryBuilder {
  const like = containing(search);
  return knex
    .from('seen')
    .whereRaw("lower(coalesce(title, '')) like ? escape '\\'", [like])
    .orWhereIn(
      'id',
      knex('vulnerability_names')
        .whereRaw("lower(name) like ? escape '\\'", [like])
        .select('vulnerability_id'),
    )
    .select('name');
}

/** Other names and a title of some vulnerabilities, as those say that the caller may see. */
async function readTexts(
  options: ListVulnerabilitiesOptions,
  names: string[],
): Promise<(name: string) => Pick<ListedVulnerability, 'aliases' | 'title'>> {
  const rows: {
    own: string;
    title: string | null;
    name: string;
  }[] = await options.knex
    .with('seen', seen(options))
    .from('seen')
    .join('vulnerability_names as names', 'names.vulnerability_id', 'seen.id')
    .whereIn('seen.name', names)
    .orderBy(['names.name', 'seen.title'])
    .distinct({ own: 'seen.name', title: 'seen.title', name: 'names.name' });
  return name => {
    const own = rows.filter(row => row.own === name);
    return {
      aliases: [...new Set(own.map(row => row.name))].filter(
        each => each !== name,
      ),
      title: own.find(row => row.title)?.title ?? null,
    };
  };
}

async function placesOf(
  options: ListVulnerabilitiesOptions,
  { name, images, services }: Row,
): Promise<PlaceCounts> {
  return readsAll(options)
    ? countPlaces({ knex: options.knex, name })
    : { images: Number(images), services: Number(services) };
}

/** The vulnerabilities that go by one of some names; one binding however many there are. */
function namedIn(knex: Knex, names: readonly string[]): Knex.QueryBuilder {
  const query = knex('vulnerability_names as listed')
    .join('vulnerabilities', 'vulnerabilities.id', 'listed.vulnerability_id')
    .select('vulnerabilities.name');
  return isPostgres(knex)
    ? query.whereRaw('listed.name = any(?::text[])', [names as never])
    : query.whereRaw('listed.name in (select value from json_each(?))', [
        JSON.stringify(names),
      ]);
}
