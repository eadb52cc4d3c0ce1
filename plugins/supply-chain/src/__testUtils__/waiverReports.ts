import { schema } from 'backstage-plugin-supply-chain-common';
import { WaiverApi } from '../api';
import { DIGEST, REPOSITORY } from './reports';

const SERVICE = 'component:default/payments-api';

export function waiverReport(
  changes: Partial<schema.WaiverReport> = {},
): schema.WaiverReport {
  return {
    id: 'waiver-1',
    name: 'waiver-1',
    source: 'portal',
    state: 'pending',
    rule: 'no-fixable-vulnerability',
    policy: 'default',
    reasons: ['fixableVulnerability'],
    includeUnknown: false,
    scope: { repository: REPOSITORY, digest: DIGEST, entityRef: SERVICE },
    about: { repository: REPOSITORY, digest: DIGEST, entityRef: SERVICE },
    reason: 'Fixed with the next release',
    ticket: 'https://tickets.acme.example/SEC-412',
    requestedBy: 'user:default/developer',
    requestedAt: '2026-11-22T12:00:00.000Z',
    expires: '2026-12-22T12:00:00.000Z',
    may: ['approve', 'deny'],
    ...changes,
  };
}

export function gitWaiverReport(
  changes: Partial<schema.WaiverReport> = {},
): schema.WaiverReport {
  return waiverReport({
    id: 'git:sec-7',
    name: 'sec-7',
    source: 'git',
    state: 'active',
    about: undefined,
    scope: { repository: REPOSITORY },
    requestedAt: undefined,
    approvedBy: 'user:default/platform',
    may: [],
    ...changes,
  });
}

export function waiverPage(
  items: schema.WaiverReport[] = [waiverReport()],
  changes: Partial<schema.WaiverPage> = {},
): schema.WaiverPage {
  return {
    total: items.length,
    counts: { pending: 1, active: 2, ending: 1, ended: 0, denied: 3 },
    items,
    sandbox: false,
    ...changes,
  };
}

export function waiverPreview(
  changes: Partial<schema.WaiverPreview> = {},
): schema.WaiverPreview {
  return {
    failing: ['fixableVulnerability'],
    unknown: [],
    proposedDays: 30,
    longestDays: 90,
    vulnerability: true,
    ...changes,
  };
}

/** Answers about waivers that are good unless told otherwise; nothing is pending about an image. */
export function fakeWaiverApi(
  changes: Partial<WaiverApi> = {},
): jest.Mocked<WaiverApi> {
  return {
    getWaivers: jest.fn(async query =>
      waiverPage(query.repository ? [] : undefined),
    ),
    previewWaiver: jest.fn(async () => waiverPreview()),
    requestWaiver: jest.fn(async () => waiverReport()),
    decideWaiver: jest.fn(async () => waiverReport({ state: 'ending' })),
    getWaiverEvents: jest.fn(async () => ({
      items: [
        {
          at: '2026-11-22T12:00:00.000Z',
          actor: 'user:default/developer',
          verb: 'requested' as const,
          before: {},
          after: { state: 'pending', scope: { repository: REPOSITORY } },
        },
      ],
    })),
    ...changes,
  } as jest.Mocked<WaiverApi>;
}
