import {
  EnforcedEvidence,
  ObservedPod,
  WorkloadSubject,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { PodRow, PolicyReportObjectRow, RunningImageRow } from '../../tables';

/** Options of {@link readEnforced}. */
export type ReadEnforcedOptions = {
  knex: Knex;
  /** Where the images run that the caller may see; only their workloads are told of (L33). */
  images: RunningImageRow[];
};

/** An object of a cluster that belongs to a workload. */
type Member = {
  workload: WorkloadSubject;
  kind: string;
  name: string;
  /** When it is known. */
  uid?: string;
};

/**
 * What other enforcers say of the workloads of some running images: of themselves, of what they control and of their
 * pods. Reports on what runs no longer stay unread.
 */
export async function readEnforced(
  options: ReadEnforcedOptions,
): Promise<EnforcedEvidence[]> {
  const { knex } = options;
  const workloads = workloadsOf(options.images);
  const members = [
    ...[...workloads.values()].map(workload => ({
      workload,
      kind: workload.kind,
      name: workload.name,
    })),
    ...(await membersOf(knex, workloads)),
  ];
  const byObject = new Map<string, Member[]>();
  for (const member of members) {
    const key = objectKey({ ...member.workload, ...member });
    byObject.set(key, [...(byObject.get(key) ?? []), member]);
  }
  const rows = await objectsNamed(knex, byObject);
  return rows.flatMap(row => enforcedOf(row, byObject));
}

function enforcedOf(
  row: PolicyReportObjectRow,
  byObject: Map<string, Member[]>,
): EnforcedEvidence[] {
  const members = byObject.get(objectKey({ ...row, cluster: row.source }));
  const uids = (members ?? []).flatMap(({ uid }) => uid ?? []);
  // A pod of a StatefulSet has the name of the one before it, and nothing else in common with it.
  const another =
    row.object_uid !== null &&
    uids.length > 0 &&
    !uids.includes(row.object_uid);
  return !members || another
    ? []
    : [
        {
          workload: members[0].workload,
          evidence: JSON.parse(row.evidence),
        },
      ];
}

function workloadsOf(images: RunningImageRow[]): Map<string, WorkloadSubject> {
  const workloads = new Map<string, WorkloadSubject>();
  for (const image of images) {
    if (image.running && !image.annotated) {
      const workload: WorkloadSubject = {
        type: 'workload',
        cluster: image.cluster,
        namespace: image.namespace,
        kind: image.workload_kind,
        name: image.workload_name,
      };
      workloads.set(objectKey(workload), workload);
    }
  }
  return workloads;
}

async function membersOf(
  knex: Knex,
  workloads: Map<string, WorkloadSubject>,
): Promise<Member[]> {
  const members: Member[] = [];
  for (const chunk of chunksOf([...workloads.values()])) {
    const rows: PodRow[] = await knex<PodRow>('pods').whereIn(
      ['cluster', 'namespace', 'workload_kind', 'workload_name'],
      chunk.map(each => [each.cluster, each.namespace, each.kind, each.name]),
    );
    for (const row of rows) {
      const pod: ObservedPod = JSON.parse(row.content);
      const workload = workloads.get(
        objectKey({ ...row, kind: row.workload_kind, name: row.workload_name }),
      );
      if (workload) {
        members.push(
          { workload, kind: 'Pod', name: pod.name, uid: row.uid },
          { workload, ...pod.controller },
        );
      }
    }
  }
  return members;
}

async function objectsNamed(
  knex: Knex,
  byObject: Map<string, Member[]>,
): Promise<PolicyReportObjectRow[]> {
  const found: PolicyReportObjectRow[] = [];
  for (const keys of chunksOf([...byObject.keys()])) {
    const rows = await knex<PolicyReportObjectRow>('policy_report_objects')
      .whereIn(
        ['source', 'namespace', 'kind', 'name'],
        keys.map(key => JSON.parse(key)),
      )
      .orderBy(['feed', 'source', 'uid', 'position']);
    found.push(...rows);
  }
  return found;
}

function objectKey(object: {
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
}): string {
  const { cluster, namespace, kind, name } = object;
  return JSON.stringify([cluster, namespace, kind, name]);
}
