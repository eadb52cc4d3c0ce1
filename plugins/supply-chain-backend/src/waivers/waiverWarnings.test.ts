import { Waiver } from 'backstage-plugin-supply-chain-common';
import { waiverWarningOf } from './waiverWarnings';

const DAY_MS = 24 * 60 * 60 * 1_000;
const END = new Date('2026-12-31T12:00:00.000Z');
const before = (days: number) => new Date(END.getTime() - days * DAY_MS);

const WAIVER: Waiver = {
  name: 'sec-1',
  source: 'git',
  rule: 'image-signed',
  reasons: ['noSignature'],
  includeUnknown: false,
  scope: { repository: 'registry.acme.example/shop/web' },
  reason: 'Vendor image',
  requestedBy: 'user:default/developer',
  approvedBy: 'user:default/platform',
  expires: END.toISOString(),
};

const daysAt = (days: number, waiver: Partial<Waiver> = {}) =>
  waiverWarningOf({ ...WAIVER, ...waiver }, before(days))?.days;

describe('the warning of an end', () => {
  it.each([
    [30.01, undefined],
    [30, 30],
    [7.01, 30],
    [7, 7],
    [1.01, 7],
    [1, 1],
    [0.01, 1],
    [0, 0],
    [-1.9, 0],
    [-2, undefined],
  ])('%p days before it is that of %p days', (days, expected) => {
    expect(daysAt(days)).toBe(expected);
  });

  it('is none for an instant that was over at the approval', () => {
    const short = { approvedAt: before(5).toISOString() };
    expect(daysAt(4, short)).toBeUndefined();
    expect(daysAt(1, short)).toBe(1);
    const month = { approvedAt: before(30).toISOString() };
    expect(daysAt(29, month)).toBeUndefined();
    expect(daysAt(7, month)).toBe(7);
  });
});
