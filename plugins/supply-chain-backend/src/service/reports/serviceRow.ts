import { Outcome, schema } from 'backstage-plugin-supply-chain-common';
import { ChangeRow } from '../../database/operations/overview/listChanges';
import { ServiceSummaryRow } from '../../database/operations/overview/listServices';

/** The part of `entity_summaries.summary` lists read: a service row as `serviceRowOf` makes it. */
type StoredRow = schema.ServiceRow;

/** A service as the overview lists it; who owns it is newer in the catalog than when it was judged. */
export function serviceRowFrom(row: ServiceSummaryRow): schema.ServiceRow {
  const stored: StoredRow = JSON.parse(row.summary);
  return {
    entityRef: row.ref,
    ...(row.title && { title: row.title }),
    ...(row.owner && { owner: row.owner }),
    ...(row.system && { system: row.system }),
    ...(row.lifecycle && { lifecycle: row.lifecycle }),
    outcome: row.outcome as Outcome,
    ...(row.reason && { reason: row.reason }),
    running: Boolean(row.running),
    signed: stored.signed,
    // Newer than what a row of an earlier version holds as JSON; the columns are there from the start.
    provenance: {
      pass: row.provenance_pass,
      applicable: row.provenance_applicable,
      unknown: row.provenance_unknown,
    },
    registry: stored.registry,
    ...(stored.vulnerabilities && { vulnerabilities: stored.vulnerabilities }),
    counts: stored.counts,
    clusters: stored.clusters,
    ...(row.changed_at && { changedAt: row.changed_at }),
  };
}

/** A change of a service as the overview lists it. */
export function changeFrom(row: ChangeRow): schema.Change {
  return {
    at: row.at,
    entityRef: row.entity_ref,
    ...(row.owner && { owner: row.owner }),
    outcome: row.outcome as Outcome,
    ...(row.previous_outcome && {
      previousOutcome: row.previous_outcome as Outcome,
    }),
    ...(row.reason && { reason: row.reason }),
    ...(row.image_ref && { imageRef: row.image_ref }),
  };
}
