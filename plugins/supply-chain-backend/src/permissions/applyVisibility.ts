import {
  AllOfCriteria,
  AnyOfCriteria,
  NotCriteria,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { isPostgres } from '../database/databaseTime';
import { EntityFilter } from './entityRules';
import { seesNothing, VisibleEntities } from './VisibleEntities';

function isAllOf(
  criteria: PermissionCriteria<EntityFilter>,
): criteria is AllOfCriteria<EntityFilter> {
  return 'allOf' in criteria;
}

function isAnyOf(
  criteria: PermissionCriteria<EntityFilter>,
): criteria is AnyOfCriteria<EntityFilter> {
  return 'anyOf' in criteria;
}

function isNot(
  criteria: PermissionCriteria<EntityFilter>,
): criteria is NotCriteria<EntityFilter> {
  return 'not' in criteria;
}

function applyCriteria(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<EntityFilter>,
): void {
  if (isAllOf(criteria)) {
    for (const part of criteria.allOf) {
      query.andWhere(inner => applyCriteria(inner, part));
    }
  } else if (isAnyOf(criteria)) {
    for (const part of criteria.anyOf) {
      query.orWhere(inner => applyCriteria(inner, part));
    }
  } else if (isNot(criteria)) {
    // Rows without a value count as having another one, as they do in `entityRules`: NOT (NULL) would hide them.
    query.whereNot(inner => applyCriteria(inner, criteria.not));
  } else {
    applyValues(query, criteria);
  }
}

/** Never NULL, whatever stands in the column. */
function applyValues(query: Knex.QueryBuilder, filter: EntityFilter): void {
  const column = `entities.${filter.column}`;
  if (filter.values.includes('')) {
    query.whereIn(
      query.client.raw("coalesce(??, '')", [column]),
      filter.values,
    );
  } else {
    // So that an index on the column is of use.
    query.where(inner =>
      inner.whereNotNull(column).whereIn(column, filter.values),
    );
  }
}

function applyRefs(
  knex: Knex,
  query: Knex.QueryBuilder,
  refs: readonly string[],
): void {
  // One binding whatever the number of refs: both engines limit the number of parameters.
  if (isPostgres(knex)) {
    query.whereRaw('entities.ref = any(?::text[])', [refs as never]);
  } else {
    query.whereRaw('entities.ref in (select value from json_each(?))', [
      JSON.stringify(refs),
    ]);
  }
}

/**
 * Restricts a query that reads the table `entities` to what the caller may see (L33).
 */
export function applyVisibility(
  knex: Knex,
  query: Knex.QueryBuilder,
  visible: VisibleEntities,
): void {
  if (seesNothing(visible)) {
    query.whereRaw('1 = 0');
    return;
  }
  const { rules, refs } = visible;
  if (rules !== 'all' && rules !== 'none') {
    query.andWhere(inner => applyCriteria(inner, rules));
  }
  if (refs !== 'all') {
    applyRefs(knex, query, refs);
  }
}
