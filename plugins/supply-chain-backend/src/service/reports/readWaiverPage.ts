import { schema, Waiver } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  countWaivers,
  endOfWaiver,
  isOver,
  listWaivers,
} from '../../database/operations/waivers/listWaivers';
import {
  listVisibleImageLinks,
  VisibleImageLink,
} from '../../database/operations/waivers/listVisibleScopes';
import { ConcernedImages } from '../../database/operations/waivers/waiverFilter';
import { StoredWaiver } from '../../stores/WaiverStore';
import { WaiverCaller } from '../WaiverCaller';
import { WaiversRequest } from '../WaiverService';
import { filterGitWaivers, isInList, readGitWaivers } from './readGitWaivers';
import { readWaiverReports } from './readWaiverReport';
import { gitWaiverReport } from './waiverReportOf';

/** Options of {@link readWaiverPage}. */
export type ReadWaiverPageOptions = WaiversRequest<WaiverCaller> & {
  knex: Knex;
  /** In version control. */
  gitWaivers: Waiver[];
  now: Date;
  sandbox: boolean;
};

const LISTS = ['pending', 'active', 'ending', 'ended', 'denied'] as const;

/** A page of the waivers of both sources in one order, with how many there are in each list. */
export async function readWaiverPage(
  options: ReadWaiverPageOptions,
): Promise<schema.WaiverPage> {
  const { knex, caller, list, search, page, now, sandbox } = options;
  const { visible } = caller;
  const visibleGit = await readGitWaivers({
    knex,
    visible,
    waivers: options.gitWaivers,
  });
  const links = await readLinks(options);
  const git = filterGitWaivers(visibleGit, { list, search, links, now });
  const portal = await listWaivers({
    knex,
    visible,
    filter: { list, search, concerning: links && concerningOf(links) },
    now,
    // Enough for this page, whatever comes from version control in between.
    limit: page.offset + page.limit,
  });
  const shown = merged(git, portal.waivers, isOver(list)).slice(
    page.offset,
    page.offset + page.limit,
  );
  const counts = await countWaivers({ knex, visible, lists: LISTS, now });
  for (const each of LISTS) {
    counts[each] += visibleGit.filter(one => isInList(one, each, now)).length;
  }
  return {
    total: git.length + portal.total,
    counts,
    items: await reportsOf(shown, options),
    sandbox,
  };
}

type Listed =
  | { source: 'git'; end: string; waiver: Waiver }
  | { source: 'portal'; end: string; waiver: StoredWaiver };

/** In the order of their ends; of those with the same one the database has said the order. */
function merged(
  git: Waiver[],
  portal: StoredWaiver[],
  latestFirst: boolean,
): Listed[] {
  const all: Listed[] = [
    ...git.map(waiver => ({
      source: 'git' as const,
      end: waiver.expires,
      waiver,
    })),
    ...portal.map(waiver => ({
      source: 'portal' as const,
      end: endOfWaiver(waiver),
      waiver,
    })),
  ];
  const factor = latestFirst ? -1 : 1;
  return all.sort(
    (left, right) =>
      factor * (Number(left.end > right.end) - Number(left.end < right.end)),
  );
}

async function reportsOf(
  shown: Listed[],
  options: ReadWaiverPageOptions,
): Promise<schema.WaiverReport[]> {
  const portal = await readWaiverReports({
    ...options,
    waivers: shown.flatMap(each =>
      each.source === 'portal' ? each.waiver : [],
    ),
  });
  const byId = new Map(portal.map(report => [report.id, report]));
  return shown.map(each =>
    each.source === 'git'
      ? gitWaiverReport(each.waiver, options.now)
      : byId.get(each.waiver.id)!,
  );
}

/** The images a list is narrowed to, as far as the caller may see them; undefined: it is not. */
async function readLinks(
  options: ReadWaiverPageOptions,
): Promise<VisibleImageLink[] | undefined> {
  const { knex, caller, entityRef, repository, digest } = options;
  return entityRef || repository || digest
    ? listVisibleImageLinks({
        knex,
        visible: caller.visible,
        repositories: repository ? [repository] : undefined,
        digest,
        entityRef: entityRef?.toLocaleLowerCase('en-US'),
      })
    : undefined;
}

function concerningOf(links: VisibleImageLink[]): ConcernedImages {
  return {
    repositories: links.map(link => link.repository),
    subjectKeys: links.map(link => `${link.repository}@${link.digest}`),
    entityRefs: links.map(link => link.entityRef),
  };
}
