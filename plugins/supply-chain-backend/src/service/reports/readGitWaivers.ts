import { Waiver, waiverStateOf } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  isInScope,
  listVisibleImageLinks,
  listVisibleRefs,
  VisibleImageLink,
} from '../../database/operations/waivers/listVisibleScopes';
import { WaiverList } from '../../database/operations/waivers/waiverFilter';
import {
  seesEverything,
  VisibleEntities,
} from '../../permissions/VisibleEntities';

/** Options of {@link readGitWaivers}. */
export type ReadGitWaiversOptions = {
  knex: Knex;
  visible: VisibleEntities;
  waivers: Waiver[];
};

/**
 * Waivers in version control as far as the caller may see an entity or an image they are about (L33). What is about
 * nothing that exists is left to those who see everything.
 */
export async function readGitWaivers(
  options: ReadGitWaiversOptions,
): Promise<Waiver[]> {
  const { knex, visible, waivers } = options;
  if (waivers.length === 0 || seesEverything(visible)) {
    return waivers;
  }
  const refs = await listVisibleRefs({
    knex,
    visible,
    refs: waivers.flatMap(({ scope }) => scope.entity ?? []),
  });
  const links = await listVisibleImageLinks({
    knex,
    visible,
    repositories: waivers.flatMap(({ scope }) => scope.repository ?? []),
  });
  return waivers.filter(({ scope }) =>
    scope.entity
      ? refs.has(scope.entity)
      : links.some(link => isInScope(scope, link)),
  );
}

/** Options of {@link filterGitWaivers}. */
export type FilterGitWaiversOptions = {
  list?: WaiverList;
  search?: string;
  /** Only those that could cover one of these. */
  links?: VisibleImageLink[];
  now: Date;
};

/** The same filters as for waivers of the page. */
export function filterGitWaivers(
  waivers: Waiver[],
  options: FilterGitWaiversOptions,
): Waiver[] {
  const { list, search, links, now } = options;
  const wanted = search?.toLocaleLowerCase('en-US');
  return waivers.filter(
    waiver =>
      (!list || isInList(waiver, list, now)) &&
      (!wanted || textOf(waiver).includes(wanted)) &&
      (!links || links.some(link => isInScope(waiver.scope, link))),
  );
}

/** Whether a waiver in version control is in a list: nobody asks for it on the page, and nobody denies it there. */
export function isInList(waiver: Waiver, list: WaiverList, now: Date): boolean {
  const state = waiverStateOf(waiver, now);
  return list === 'active' ? state !== 'ended' : state === list;
}

function textOf(waiver: Waiver): string {
  const { name, rule, policy, scope, reason, ticket } = waiver;
  return [
    name,
    rule,
    policy,
    ...Object.values(scope),
    reason,
    ticket,
    waiver.requestedBy,
    waiver.approvedBy,
  ]
    .join('\n')
    .toLocaleLowerCase('en-US');
}
