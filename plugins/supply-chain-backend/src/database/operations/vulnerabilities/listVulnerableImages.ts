import { canonicalVulnerabilityId } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  RunningImageRow,
  VulnerabilityNameRow,
  VulnerabilityRow,
} from '../../tables';
import {
  countedPlaces,
  PlaceCounts,
  placeCountsOf,
  StoredPlaceCounts,
} from './countPlaces';
import { FoundSeverity, severityAt } from './foundRank';
import {
  membersOf,
  scannedImages,
  ScannedImagesOptions,
} from './scannedImages';

/** An image that has a vulnerability, for one service. */
export type VulnerableImage = FoundSeverity & {
  /** Where it runs, one of the places. */
  run: RunningImageRow;
  /** Empty: the workload belongs to no entity. */
  entityRef: string;
  /** Sorted. */
  clusters: string[];
};

/** Options of {@link findVulnerablePlaces}. */
export type FindVulnerablePlacesOptions = ScannedImagesOptions & {
  /** Any name of it; those of CVE and GHSA in any spelling. */
  name: string;
};

/** Options of {@link listVulnerableImages}. */
export type ListVulnerableImagesOptions = FindVulnerablePlacesOptions & {
  offset: number;
  limit: number;
};

/** The images that have a vulnerability, the worst first, as far as the caller may see them. */
export type VulnerableImages = PlaceCounts & {
  /** Images, each once for each service, those where VEX sets it aside too. */
  total: number;
  /** Absent when no visible image has it. */
  vulnerability?: FoundSeverity & {
    name: string;
    aliases: string[];
    title: string | null;
  };
  items: VulnerableImage[];
};

/** What a {@link VulnerableImage} is read by. */
export type VulnerablePlaceKey = {
  subject_key: string;
  entity_ref: string;
  run: string;
  severity: unknown;
};

/** Where a vulnerability runs. */
export async function listVulnerableImages(
  options: ListVulnerableImagesOptions,
): Promise<VulnerableImages> {
  const { offset, limit } = options;
  const found = await readVisible(options);
  // Each takes its time on PostgreSQL, which has a process for each.
  const [[counts], page] = await Promise.all([
    countsOf(options, placesOf(options, found)),
    ordered(placesOf(options, found)).offset(offset).limit(limit) as Promise<
      VulnerablePlaceKey[]
    >,
  ]);
  // PostgreSQL returns counts as text.
  const total = Number(counts.total);
  return {
    total,
    ...placeCountsOf(counts),
    ...(total > 0 && {
      vulnerability: {
        name: found[0].name,
        title: found.find(each => each.title)?.title ?? null,
        aliases: await readAliases(options, found),
        ...severityAt(counts.severity),
      },
    }),
    items: await readVulnerablePlaces(options, page),
  };
}

/** All of them in the order of {@link listVulnerableImages}, to be read a few at a time, and the names it goes by. */
export async function findVulnerablePlaces(
  options: FindVulnerablePlacesOptions,
): Promise<{ names: string[]; places: VulnerablePlaceKey[] }> {
  const found = await readVisible(options);
  if (found.length === 0) {
    return { names: [options.name], places: [] };
  }
  return {
    names: [found[0].name, ...(await readAliases(options, found))],
    places: await ordered(placesOf(options, found)),
  };
}

function placesOf(
  options: FindVulnerablePlacesOptions,
  found: VulnerabilityRow[],
): Knex.QueryBuilder {
  return membersOf(options)
    .whereIn(
      'members.vulnerability_id',
      found.map(({ id }) => id),
    )
    .groupBy('images.subject_key', 'images.entity_ref')
    .select('images.subject_key', 'images.entity_ref')
    .min({ severity: 'members.severity', run: 'images.running_image_id' });
}

function ordered(places: Knex.QueryBuilder): Knex.QueryBuilder {
  return places.orderBy([
    'severity',
    'images.entity_ref',
    'images.subject_key',
  ]);
}

type Counts = StoredPlaceCounts & { total: unknown; severity: unknown };

function countsOf(
  { knex }: FindVulnerablePlacesOptions,
  places: Knex.QueryBuilder,
): Promise<Counts[]> {
  return countedPlaces(knex, knex.from(places.as('places')), {
    subject: 'subject_key',
    entity: 'entity_ref',
    rank: 'severity',
  })
    .count({ total: '*' })
    .min({ severity: 'severity' }) as Promise<Counts[]>;
}

/** What images that the caller may see say of it. */
async function readVisible(
  options: FindVulnerablePlacesOptions,
): Promise<VulnerabilityRow[]> {
  const { knex, name } = options;
  const names = [...new Set([name, canonicalVulnerabilityId(name)])];
  const ids = knex('vulnerability_names')
    .whereIn('name', names)
    .select('vulnerability_id');
  const rows: VulnerabilityRow[] = await knex<VulnerabilityRow>(
    'vulnerabilities',
  )
    .whereIn('id', ids)
    .whereExists(
      membersOf(options)
        .whereRaw('members.vulnerability_id = vulnerabilities.id')
        .select(knex.raw('1')),
    )
    .orderBy(['name', 'id']);
  // An image scanned before a CVE was assigned has it by its own name, a later one as an alias of that CVE.
  const isOwn = (row: VulnerabilityRow) => names.includes(row.name);
  return [...rows.filter(isOwn), ...rows.filter(row => !isOwn(row))];
}

async function readAliases(
  { knex }: FindVulnerablePlacesOptions,
  found: VulnerabilityRow[],
): Promise<string[]> {
  const rows: Pick<VulnerabilityNameRow, 'name'>[] =
    await knex<VulnerabilityNameRow>('vulnerability_names')
      .whereIn(
        'vulnerability_id',
        found.map(({ id }) => id),
      )
      .distinct('name')
      .orderBy('name');
  return rows.map(row => row.name).filter(name => name !== found[0].name);
}

/** A few of them, without those that have gone since they were found. */
export async function readVulnerablePlaces(
  options: ScannedImagesOptions,
  page: VulnerablePlaceKey[],
): Promise<VulnerableImage[]> {
  const rows: (RunningImageRow & { entity_ref: string })[] =
    await scannedImages(options)
      .join('running_images as runs', 'runs.id', 'images.running_image_id')
      .whereIn(
        'images.subject_key',
        page.map(place => place.subject_key),
      )
      .select('runs.*', 'images.entity_ref');
  return page.flatMap(place => {
    const own = rows.filter(
      row =>
        row.subject_key === place.subject_key &&
        row.entity_ref === place.entity_ref,
    );
    const run = own.find(row => row.id === place.run) ?? own.at(0);
    const clusters = [...new Set(own.map(row => row.cluster))].sort();
    return run
      ? [
          {
            run,
            entityRef: place.entity_ref,
            clusters,
            ...severityAt(place.severity),
          },
        ]
      : [];
  });
}
