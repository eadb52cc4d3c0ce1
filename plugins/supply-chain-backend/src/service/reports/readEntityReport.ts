import { NotFoundError } from '@backstage/errors';
import {
  KUBERNETES_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION,
} from '@backstage/plugin-kubernetes-common';
import {
  entitySummary,
  schema,
  SUPPLY_CHAIN_IMAGES_ANNOTATION,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { readVisibleEntity } from '../../database/operations/entities/readVisibleEntity';
import { lastKnownRuns } from '../../database/operations/images/lastKnownRuns';
import { listEntityRuns } from '../../database/operations/images/listEntityRuns';
import { VisibleRun } from '../../database/operations/images/listVisibleRuns';
import { listPending } from '../../database/operations/images/listPending';
import { listSources } from '../../database/operations/sources/listSources';
import { EntityRow } from '../../database/tables';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { withAdmission } from './admission';
import { readClusterReports } from './readClusterReports';
import { JudgedRun, readJudgedRuns } from './readJudgedRuns';
import { sourceProblems } from './sourceProblems';

const KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';
const LINKING_ANNOTATIONS = [
  KUBERNETES_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION,
  SUPPLY_CHAIN_IMAGES_ANNOTATION,
];

/** Options of {@link readEntityReport}. */
export type ReadEntityReportOptions = {
  knex: Knex;
  /** Full entity ref, lower case. */
  ref: string;
  visible: VisibleEntities;
  /** Of which entities the caller may know the secrets; absent: of none. */
  secrets?: VisibleEntities;
  policies: SupplyChainPolicy[];
  sandbox: boolean;
};

/** The entity, or the same `NotFoundError` for one that is hidden and one that does not exist (L33). */
export async function requireEntity(
  options: Omit<ReadEntityReportOptions, 'policies' | 'sandbox'>,
): Promise<EntityRow> {
  const entity = await readVisibleEntity(options);
  if (!entity) {
    throw new NotFoundError(`No entity '${options.ref}' is known`);
  }
  return entity;
}

/** An entity the caller may see, with what it runs or ran last. */
export async function readEntityRuns(
  options: Parameters<typeof requireEntity>[0],
): Promise<{ entity: EntityRow; runs: VisibleRun[] }> {
  const { knex, ref } = options;
  const entity = await requireEntity(options);
  const rows = lastKnownRuns(await listEntityRuns({ knex, entityRef: ref }));
  return { entity, runs: rows.map(row => ({ ...row, entity_ref: ref })) };
}

/** Everything the tab of an entity shows. */
export async function readEntityReport(
  options: ReadEntityReportOptions,
): Promise<schema.EntityReport> {
  const { knex, ref, visible, secrets, policies, sandbox } = options;
  const { entity, runs } = await readEntityRuns(options);
  const judged = await readJudgedRuns({ knex, runs });
  const pending = await listPending({ knex, runs });
  const summary = entitySummary(
    judged.map(each => each.image),
    entity.owner ? { serviceOwner: entity.owner } : {},
  );
  const annotations: Record<string, string> = JSON.parse(entity.annotations);
  const [evaluatedAt] = judged
    .filter(each => each.isJudged)
    .map(each => each.image.evaluatedAt)
    .sort();
  return {
    ...summary,
    images: summary.images.map(row => ({
      ...row,
      verdicts: withAdmission({ ...row, policies }),
    })),
    evaluatedAt,
    entityRef: ref,
    state: stateOf(judged, annotations),
    pending: new Set(
      judged
        .filter(({ run }) => pending.has(run.id))
        .map(({ image }) => image.key),
    ).size,
    sources: sourceProblems({
      sources: await listSources({ knex }),
      dependsOn: {
        clusters: [
          ...runs.filter(run => !run.annotated).map(run => run.cluster),
          ...(annotations[KUBERNETES_CLUSTER] ?? '')
            .split(',')
            .map(name => name.trim()),
        ],
        repositories: runs.flatMap(run => run.repository ?? []),
        failingRepositories: judged.flatMap(({ image }) =>
          isLookFailing(image) ? image.repository ?? [] : [],
        ),
      },
      shared: visible.sources,
    }),
    ...(await readClusterReports({ knex, runs, visible, secrets })),
    sandbox,
  };
}

function isLookFailing({ signature }: JudgedRun['image']): boolean {
  return (
    signature?.status === 'unavailable' || signature?.lastLook !== undefined
  );
}

function stateOf(
  judged: JudgedRun[],
  annotations: Record<string, string>,
): schema.EntityReport['state'] {
  const ran = judged.filter(({ image }) => image.placement);
  if (ran.length > 0) {
    return ran.some(({ image }) => image.running) ? 'running' : 'notRunning';
  }
  return LINKING_ANNOTATIONS.some(name => annotations[name])
    ? 'neverSeen'
    : 'notAnnotated';
}
