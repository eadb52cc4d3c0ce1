import { ReasonCode, Waiver } from 'backstage-plugin-supply-chain-common';
import { StoredWaiver } from '../../../stores/WaiverStore';
import { contentHash } from '../../contentHash';
import { WaiverRow } from '../../tables';

/** A waiver as it stands in the table. */
export function waiverRowOf(waiver: StoredWaiver): WaiverRow {
  const { about, scope } = waiver;
  return {
    id: waiver.id,
    state: waiver.state,
    pending_key: waiver.state === 'pending' ? pendingKeyOf(waiver) : null,
    rule: about.rule,
    policy: about.policy,
    reasons: JSON.stringify(waiver.reasons),
    include_unknown: waiver.includeUnknown,
    repository: scope.repository ?? null,
    digest: scope.digest ?? null,
    entity_ref: scope.entity ?? null,
    vulnerability: scope.vulnerability ?? null,
    about_entity_ref: about.entityRef,
    about_repository: about.repository,
    about_digest: about.digest ?? null,
    reason: waiver.reason,
    ticket: waiver.ticket ?? null,
    requested_by: waiver.requestedBy,
    requested_at: waiver.requestedAt,
    decided_by: waiver.decidedBy ?? null,
    decided_at: waiver.decidedAt ?? null,
    ended_by: waiver.endedBy ?? null,
    ended_at: waiver.endedAt ?? null,
    expires: waiver.expires,
  };
}

/** Two requests are the same when they would excuse the same. */
function pendingKeyOf({ about, scope }: StoredWaiver): string {
  const { repository, digest, entity, vulnerability } = scope;
  return contentHash([
    about.policy,
    about.rule,
    repository ?? null,
    digest ?? null,
    entity ?? null,
    vulnerability ?? null,
  ]);
}

/** The waiver of a row. */
export function storedWaiverOf(row: WaiverRow): StoredWaiver {
  return {
    id: row.id,
    state: row.state as StoredWaiver['state'],
    about: {
      entityRef: row.about_entity_ref,
      repository: row.about_repository,
      ...(row.about_digest && { digest: row.about_digest }),
      policy: row.policy,
      rule: row.rule,
    },
    scope: {
      ...(row.repository && { repository: row.repository }),
      ...(row.digest && { digest: row.digest }),
      ...(row.entity_ref && { entity: row.entity_ref }),
      ...(row.vulnerability && { vulnerability: row.vulnerability }),
    },
    reasons: JSON.parse(row.reasons) as ReasonCode[],
    includeUnknown: Boolean(row.include_unknown),
    reason: row.reason,
    ...(row.ticket && { ticket: row.ticket }),
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    ...(row.decided_by && { decidedBy: row.decided_by }),
    ...(row.decided_at && { decidedAt: row.decided_at }),
    ...(row.ended_by && { endedBy: row.ended_by }),
    ...(row.ended_at && { endedAt: row.ended_at }),
    expires: row.expires,
  };
}

/** The waiver of a row as verdicts take it. Only approved ones are. */
export function approvedWaiverOf(row: WaiverRow): Waiver {
  const stored = storedWaiverOf(row);
  const { about, scope, reasons, includeUnknown, reason, ticket } = stored;
  return {
    name: stored.id,
    source: 'portal',
    rule: about.rule,
    policy: about.policy,
    reasons,
    includeUnknown,
    scope,
    reason,
    ...(ticket && { ticket }),
    requestedBy: stored.requestedBy,
    approvedBy: stored.decidedBy!,
    approvedAt: stored.decidedAt!,
    expires: stored.expires,
  };
}
