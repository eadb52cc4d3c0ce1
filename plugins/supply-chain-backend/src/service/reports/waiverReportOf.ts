import {
  schema,
  Waiver,
  waiverStateOf,
} from 'backstage-plugin-supply-chain-common';
import { StoredWaiver } from '../../stores/WaiverStore';
import { decidableBy, endable, withdrawableBy } from '../../waivers/decidable';
import { decidesEverywhere, WaiverCaller } from '../WaiverCaller';

/** What starts the id of a waiver in version control; no id of the page does. */
export const GIT_ID_PREFIX = 'git:';

/** A waiver in version control as the page shows it. */
export function gitWaiverReport(
  waiver: Waiver,
  now: Date,
): schema.WaiverReport {
  const { name, scope, ...rest } = waiver;
  return {
    ...rest,
    id: `${GIT_ID_PREFIX}${name}`,
    name,
    state: waiverStateOf(waiver, now),
    scope: scopeReport(scope),
    may: [],
  };
}

/** Options of {@link portalWaiverReport}. */
export type PortalWaiverReportOptions = {
  waiver: StoredWaiver;
  caller: WaiverCaller;
  /** Entities of these waivers that the caller may see. */
  visibleRefs: Set<string>;
  /** Of these, those for which the caller may decide. */
  approvableRefs: Set<string>;
  now: Date;
};

/** A waiver of the page as the caller may see it. */
export function portalWaiverReport(
  options: PortalWaiverReportOptions,
): schema.WaiverReport {
  const { waiver, visibleRefs, now } = options;
  const { about, scope, state, decidedBy, decidedAt } = waiver;
  const wasApproved = state === 'approved' || state === 'ended';
  const closedBy = waiver.endedBy ?? (wasApproved ? undefined : decidedBy);
  const closedAt = waiver.endedAt ?? (wasApproved ? undefined : decidedAt);
  const { entityRef, repository, digest } = about;
  return {
    id: waiver.id,
    name: waiver.id,
    source: 'portal',
    state: stateOf(waiver, now),
    rule: about.rule,
    policy: about.policy,
    reasons: waiver.reasons,
    includeUnknown: waiver.includeUnknown,
    scope: scopeReport(scope),
    about: {
      // L33: of a waiver for every service the caller may see the image and not the service it was asked for.
      ...(visibleRefs.has(entityRef) && { entityRef }),
      repository,
      ...(digest && { digest }),
    },
    reason: waiver.reason,
    ticket: waiver.ticket,
    requestedBy: waiver.requestedBy,
    requestedAt: waiver.requestedAt,
    ...(wasApproved && { approvedBy: decidedBy, approvedAt: decidedAt }),
    closedBy,
    closedAt,
    expires: waiver.expires,
    may: allowedVerbs(options),
  };
}

function scopeReport({
  entity,
  ...scope
}: Waiver['scope']): schema.WaiverScope {
  return { ...scope, ...(entity && { entityRef: entity }) };
}

function stateOf(waiver: StoredWaiver, now: Date): schema.WaiverState {
  const { state, decidedAt, expires } = waiver;
  switch (state) {
    case 'approved':
      return waiverStateOf({ approvedAt: decidedAt, expires }, now);
    case 'pending':
      return Date.parse(expires) > now.getTime() ? 'pending' : 'lapsed';
    default:
      return state;
  }
}

function allowedVerbs(
  options: PortalWaiverReportOptions,
): schema.WaiverReport['may'] {
  const { waiver, caller, approvableRefs, now } = options;
  if (!caller.person.done) {
    return [];
  }
  const { person } = caller.person;
  const decides = waiver.scope.entity
    ? approvableRefs.has(waiver.scope.entity)
    : decidesEverywhere(caller);
  const isDecidable =
    decides &&
    decidableBy(waiver, person).done &&
    stateOf(waiver, now) === 'pending';
  return [
    ...(isDecidable ? (['approve', 'deny'] as const) : []),
    ...(withdrawableBy(waiver, person).done ? (['withdraw'] as const) : []),
    ...(decides && endable(waiver, now).done ? (['end'] as const) : []),
  ];
}
