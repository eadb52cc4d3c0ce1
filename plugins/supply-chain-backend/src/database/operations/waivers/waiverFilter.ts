import { Knex } from 'knex';
import { containing } from '../../containing';
import { WaiverRow } from '../../tables';

/** Where a waiver stands, as lists are made of it. */
export type WaiverList =
  | 'pending'
  /** Approved for later. */
  | 'approved'
  /** Those that end soon and those approved for later included. */
  | 'active'
  | 'ending'
  | 'ended'
  /** Never came into force: denied, taken back, or nobody decided in time. */
  | 'denied';

/** What a list of waivers is narrowed to. */
export type WaiverFilter = {
  list?: WaiverList;
  /** Part of what a waiver says. */
  search?: string;
  /** Only those that concern one of these images. */
  concerning?: ConcernedImages;
};

/** Images by what scopes name. */
export type ConcernedImages = {
  repositories: string[];
  /** repository@digest. */
  subjectKeys: string[];
  entityRefs: string[];
};

const ENDING_MS = 30 * 24 * 60 * 60 * 1_000;

/** Keeps the waivers of one list. The same as `waiverStateOf` says of one waiver. */
export function whereInList(
  query: Knex.QueryBuilder,
  list: WaiverList,
  now: Date,
): Knex.QueryBuilder {
  const at = now.toISOString();
  const soon = new Date(now.getTime() + ENDING_MS).toISOString();
  const approved = { 'waivers.state': 'approved' };
  switch (list) {
    case 'pending':
      return query
        .where({ 'waivers.state': 'pending' })
        .where('waivers.expires', '>', at);
    case 'approved':
      return query
        .where(approved)
        .where('waivers.expires', '>', at)
        .where('waivers.decided_at', '>', at);
    case 'active':
      return query.where(approved).where('waivers.expires', '>', at);
    case 'ending':
      return query
        .where(approved)
        .where('waivers.expires', '>', at)
        .where('waivers.expires', '<=', soon)
        .where('waivers.decided_at', '<=', at);
    case 'ended':
      return query.where(either =>
        either
          .where({ 'waivers.state': 'ended' })
          .orWhere(over =>
            over.where(approved).where('waivers.expires', '<=', at),
          ),
      );
    default:
      return query.where(either =>
        either
          .whereIn('waivers.state', ['denied', 'withdrawn'])
          .orWhere(lapsed =>
            lapsed
              .where({ 'waivers.state': 'pending' })
              .where('waivers.expires', '<=', at),
          ),
      );
  }
}

const SEARCHED: (keyof WaiverRow)[] = [
  'rule',
  'policy',
  'about_repository',
  // The service of a waiver for every service may be hidden.
  'entity_ref',
  'vulnerability',
  'requested_by',
  'decided_by',
  'ticket',
  'reason',
];

/** Keeps the waivers that contain a text. */
export function whereContains(query: Knex.QueryBuilder, search: string): void {
  const like = containing(search);
  query.where(any => {
    for (const column of SEARCHED) {
      any.orWhereRaw("lower(coalesce(??, '')) like ? escape '\\'", [
        `waivers.${column}`,
        like,
      ]);
    }
  });
}

/** Keeps the waivers that could cover one of some images. */
export function whereConcerns(
  query: Knex.QueryBuilder,
  { repositories, subjectKeys, entityRefs }: ConcernedImages,
): void {
  const within = (column: string, values: string[]) =>
    query.where(any =>
      any.whereNull(column).orWhereIn(column, [...new Set(values)]),
    );
  within('waivers.repository', repositories);
  within('waivers.entity_ref', entityRefs);
  query.where(any =>
    any
      .whereNull('waivers.digest')
      .orWhereIn(
        query.client.raw("waivers.repository || '@' || waivers.digest"),
        [...new Set(subjectKeys)],
      ),
  );
}
