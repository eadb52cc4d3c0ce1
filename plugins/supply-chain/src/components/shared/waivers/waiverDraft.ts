import { schema } from 'backstage-plugin-supply-chain-common';

/** What a waiver is asked for, but for the service. */
export type WaiverTarget = {
  repository: string;
  digest?: string;
  policy: string;
  rule: string;
};

/** What is written into the form. */
export type WaiverDraft = {
  scope: schema.WaiverRequestScopeEnum;
  everywhere: boolean;
  vulnerability: string;
  includeUnknown: boolean;
  reason: string;
  ticket: string;
  /** Day the waiver ends with its first instant, as `2026-12-03`, UTC. */
  day: string;
};

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The day some days after an instant, UTC: it begins within that many days. */
export function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** The instant a draft ends, RFC 3339; undefined while no day is written. */
export function endOfDraft({
  day,
}: Pick<WaiverDraft, 'day'>): string | undefined {
  const instant = new Date(`${day}T00:00:00.000Z`);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

/** The form as it opens: no wider than it must be. */
export function newDraft(options: {
  target: WaiverTarget;
  preview: schema.WaiverPreview;
  now: Date;
}): WaiverDraft {
  const { target, preview, now } = options;
  return {
    scope: target.digest ? 'image' : 'repository',
    everywhere: false,
    vulnerability: '',
    // Where nothing fails, covering what cannot be told is what is asked for.
    includeUnknown: preview.failing.length === 0,
    reason: '',
    ticket: '',
    day: dayAfter(now, preview.proposedDays),
  };
}

/** Whether a draft can be sent; what it means is the backend's to judge. */
export function isComplete(options: {
  draft: WaiverDraft;
  preview: schema.WaiverPreview;
  now: Date;
}): boolean {
  const { draft, preview, now } = options;
  const { day, reason, includeUnknown } = draft;
  const covers = preview.failing.length > 0 || includeUnknown;
  return (
    covers &&
    reason.trim() !== '' &&
    day >= dayAfter(now, 1) &&
    day <= dayAfter(now, preview.longestDays)
  );
}

/** What is sent. */
export function requestOf(
  entityRef: string,
  target: WaiverTarget,
  draft: WaiverDraft,
): schema.WaiverRequest {
  const { day, vulnerability, ticket, reason, ...rest } = draft;
  return {
    entityRef,
    ...target,
    ...rest,
    everywhere: draft.scope !== 'service' && draft.everywhere,
    vulnerability: vulnerability.trim(),
    reason: reason.trim(),
    ticket: ticket.trim(),
    expires: endOfDraft(draft) ?? day,
  };
}
