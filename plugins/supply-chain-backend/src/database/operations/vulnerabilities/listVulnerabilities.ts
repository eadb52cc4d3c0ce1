import { Severity } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { seesEverything } from '../../../permissions/VisibleEntities';
import { containing } from '../../containing';
import { isPostgres } from '../../databaseTime';
import {
  countedPlaces,
  countPlaces,
  PlaceCounts,
  placeCountsOf,
  StoredPlaceCounts,
} from './countPlaces';
import {
  FoundSeverity,
  foundRank,
  SET_ASIDE_RANK,
  severityAt,
} from './foundRank';
import { membersOf, ScannedImagesOptions } from './scannedImages';

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
export type ListedVulnerability = PlaceCounts &
  FoundSeverity & {
    name: string;
    /** Other names. */
    aliases: string[];
    title: string | null;
    fixable: boolean;
  };

/** Options of {@link rankVulnerabilities}. */
export type RankVulnerabilitiesOptions = ScannedImagesOptions & {
  filter: VulnerabilityFilter;
  /** Names known to be exploited; these come first. */
  exploited: readonly string[];
};

/** Options of {@link listVulnerabilities}. */
export type ListVulnerabilitiesOptions = RankVulnerabilitiesOptions & {
  offset: number;
  limit: number;
};

/** A vulnerability by its name, and how bad it is. */
export type RankedVulnerability = {
  name: string;
  severity: unknown;
  fixable: unknown;
  total: unknown;
};

/**
 * Vulnerabilities of what runs: the exploited ones first, then the worst, then those with a fix, then the newest; those
 * that VEX sets aside everywhere last.
 */
export async function listVulnerabilities(
  options: ListVulnerabilitiesOptions,
): Promise<{ total: number; vulnerabilities: ListedVulnerability[] }> {
  const { offset, limit } = options;
  const rows: RankedVulnerability[] = await ordered(options)
    .offset(offset)
    .limit(limit);
  return {
    total: await totalOf(options, rows),
    vulnerabilities: await describeVulnerabilities(options, rows),
  };
}

/** All of them in the order of {@link listVulnerabilities}, to be described a few at a time. */
export async function rankVulnerabilities(
  options: RankVulnerabilitiesOptions,
): Promise<RankedVulnerability[]> {
  return ordered(options);
}

/** What there is to tell of some of them; without those that have gone since they were ranked. */
export async function describeVulnerabilities(
  options: ScannedImagesOptions,
  ranked: RankedVulnerability[],
): Promise<ListedVulnerability[]> {
  const names = ranked.map(row => row.name);
  const texts = await readTexts(options, names);
  const places = await placesOf(options, names);
  return ranked.flatMap(({ name, severity, fixable }) => {
    const counts = places.get(name);
    return counts
      ? {
          name,
          ...textsOf(name, texts),
          ...severityAt(severity),
          fixable: Number(fixable) === 1,
          ...counts,
        }
      : [];
  });
}

function ordered(options: RankVulnerabilitiesOptions): Knex.QueryBuilder {
  const { knex, exploited } = options;
  return (
    matching(options)
      .select('found.*', knex.raw('count(*) over () as total'))
      .orderByRaw(
        'case when found.severity < ? and found.name in ? then 0 else 1 end',
        [SET_ASIDE_RANK, namedIn(knex, exploited) as never],
      )
      .orderBy('found.severity')
      .orderBy('found.fixable', 'desc')
      // A total order, so that pages neither repeat nor skip a row.
      .orderBy('found.name', 'desc')
  );
}

/** Every row says how many there are; past the last page there is none to say it. */
async function totalOf(
  options: RankVulnerabilitiesOptions,
  [first]: RankedVulnerability[],
): Promise<number> {
  if (first) {
    return Number(first.total);
  }
  const [{ count }] = await matching(options).count({ count: '*' });
  return Number(count);
}

/** What the caller may see of each vulnerability (`found`), as far as the filter leaves it. */
function matching(options: RankVulnerabilitiesOptions): Knex.QueryBuilder {
  const { knex, filter, exploited } = options;
  const query = knex.with('seen', seen(options)).from(found(knex).as('found'));
  if (filter.severity) {
    query.where('found.severity', foundRank({ severity: filter.severity }));
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
 * Vulnerabilities that the caller may see, as bad as in what they see (L33). Who sees everything reads what is kept with
 * each; for anybody else it is made of the images they see.
 */
function seen(options: ScannedImagesOptions): Knex.QueryBuilder {
  const { knex } = options;
  return readsAll(options)
    ? knex('vulnerabilities').select('id', 'severity', 'fixable')
    : membersOf(options)
        .groupBy('members.vulnerability_id')
        .select({ id: 'members.vulnerability_id' })
        .min({ severity: 'members.severity' })
        .max({ fixable: 'members.fixable' });
}

/** Several of them may be one vulnerability that is told of in different words. */
function found(knex: Knex): Knex.QueryBuilder {
  return knex
    .from('seen')
    .join('vulnerabilities as known', 'known.id', 'seen.id')
    .groupBy('known.name')
    .select('known.name')
    .min({ severity: 'seen.severity' })
    .max({ fixable: 'seen.fixable' });
}

function readsAll({ visible, owners }: ScannedImagesOptions): boolean {
  return seesEverything(visible) && owners === undefined;
}

/** Names of those that somebody calls so, or that have a title like that. */
function searched(knex: Knex, search: string): Knex.QueryBuilder {
  const like = containing(search);
  return knex
    .from('seen')
    .join('vulnerabilities as known', 'known.id', 'seen.id')
    .whereRaw("lower(coalesce(known.title, '')) like ? escape '\\'", [like])
    .orWhereIn(
      'known.id',
      knex('vulnerability_names')
        .whereRaw("lower(name) like ? escape '\\'", [like])
        .select('vulnerability_id'),
    )
    .select('known.name');
}

type Texts = { own: string; title: string | null; name: string };

/** Other names and titles of some vulnerabilities, as those say that the caller may see. */
async function readTexts(
  options: ScannedImagesOptions,
  names: string[],
): Promise<Texts[]> {
  const { knex } = options;
  const query = knex('vulnerabilities as known')
    .join('vulnerability_names as names', 'names.vulnerability_id', 'known.id')
    .whereIn('known.name', names)
    .orderBy(['names.name', 'known.title'])
    .select({ own: 'known.name', title: 'known.title', name: 'names.name' });
  return readsAll(options)
    ? query
    : query.whereExists(
        membersOf(options)
          .whereRaw('members.vulnerability_id = known.id')
          .select(knex.raw('1')),
      );
}

function textsOf(
  name: string,
  texts: Texts[],
): Pick<ListedVulnerability, 'aliases' | 'title'> {
  const own = texts.filter(row => row.own === name);
  return {
    aliases: [...new Set(own.map(row => row.name))].filter(
      each => each !== name,
    ),
    title: own.find(row => row.title)?.title ?? null,
  };
}

async function placesOf(
  options: ScannedImagesOptions,
  names: string[],
): Promise<Map<string, PlaceCounts>> {
  const { knex } = options;
  const places = new Map<string, PlaceCounts>();
  if (readsAll(options)) {
    for (const name of names) {
      places.set(name, await countPlaces({ knex, name }));
    }
    return places;
  }
  const rows: (StoredPlaceCounts & { name: string })[] = await countedPlaces(
    knex,
    membersOf(options)
      .join('vulnerabilities as known', 'known.id', 'members.vulnerability_id')
      .whereIn('known.name', names)
      .groupBy('known.name')
      .select('known.name'),
    {
      subject: 'images.subject_key',
      entity: 'images.entity_ref',
      rank: 'members.severity',
    },
  );
  rows.forEach(row => places.set(row.name, placeCountsOf(row)));
  return places;
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
