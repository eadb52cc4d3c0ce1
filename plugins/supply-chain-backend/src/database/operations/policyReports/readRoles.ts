import {
  EnforcedEvidence,
  EvidenceOf,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { chunksOf } from '../../chunks';
import { PolicyReportObjectRow, RunningImageRow } from '../../tables';

/** Options of {@link readRoles}. */
export type ReadRolesOptions = {
  knex: Knex;
  /** Where the images run that the caller may see; only the roles of their namespaces are told of. */
  images: RunningImageRow[];
  visible: VisibleEntities;
};

type Place = [cluster: string, namespace: string];

/**
 * What was checked of the roles in the namespaces of some running images. A role belongs to its namespace and not to a
 * workload, and its name may tell of another service: roles of a namespace where anything hidden from the caller runs,
 * or ran last, are left out (L33).
 */
export async function readRoles(
  options: ReadRolesOptions,
): Promise<EnforcedEvidence[]> {
  const { knex, images } = options;
  const places = new Map<string, Place>();
  for (const { running, annotated, cluster, namespace } of images) {
    if (running && !annotated) {
      places.set(keyOf(cluster, namespace), [cluster, namespace]);
    }
  }
  const rows = await rolesIn(knex, [...places.values()]);
  if (rows.length === 0) {
    return [];
  }
  const hidden = await placesOfHidden({ ...options, places });
  return rows
    .filter(({ source, namespace }) => !hidden.has(keyOf(source, namespace)))
    .flatMap(row => {
      const evidence: EvidenceOf<'policyReport'> = JSON.parse(row.evidence);
      const { subject } = evidence;
      return subject.type === 'workload'
        ? [{ workload: subject, evidence }]
        : [];
    });
}

async function rolesIn(
  knex: Knex,
  places: Place[],
): Promise<PolicyReportObjectRow[]> {
  const found: PolicyReportObjectRow[] = [];
  for (const chunk of chunksOf(places)) {
    const rows = await knex<PolicyReportObjectRow>('policy_report_objects')
      .whereIn(['source', 'namespace'], chunk)
      .where('kind', 'Role')
      .orderBy(['feed', 'source', 'uid', 'position']);
    found.push(...rows);
  }
  return found;
}

async function placesOfHidden(
  options: ReadRolesOptions & { places: Map<string, Place> },
): Promise<Set<string>> {
  const { knex, visible, places } = options;
  const hidden = new Set<string>();
  for (const chunk of chunksOf([...places.values()])) {
    const links = () =>
      knex('running_image_entities as links')
        .whereRaw('links.running_image_id = running_images.id')
        .select(knex.raw('1'));
    const seen = links().join('entities', 'entities.ref', 'links.entity_ref');
    applyVisibility(knex, seen, visible);
    const query = knex<RunningImageRow>('running_images')
      .where('annotated', false)
      .whereIn(['cluster', 'namespace'], chunk)
      .whereNotExists(seen);
    if (visible.unlinked) {
      query.whereExists(links());
    }
    const rows: Pick<RunningImageRow, 'cluster' | 'namespace'>[] =
      await query.distinct('cluster', 'namespace');
    rows.forEach(row => hidden.add(keyOf(row.cluster, row.namespace)));
  }
  return hidden;
}

function keyOf(cluster: string, namespace: string): string {
  return JSON.stringify([cluster, namespace]);
}
