import { schema } from 'backstage-plugin-supply-chain-common';
import {
  dayAfter,
  endOfDraft,
  isComplete,
  newDraft,
  requestOf,
} from './waiverDraft';

const NOW = new Date('2026-11-23T22:30:00Z');
const TARGET = {
  repository: 'registry.acme.example/payments/api',
  digest: 'sha256:4b',
  policy: 'default',
  rule: 'image-signed',
};
const PREVIEW: schema.WaiverPreview = {
  failing: ['noSignature'],
  unknown: [],
  proposedDays: 30,
  longestDays: 90,
  vulnerability: false,
};

const open = (preview: Partial<schema.WaiverPreview> = {}, target = TARGET) =>
  newDraft({ target, preview: { ...PREVIEW, ...preview }, now: NOW });

describe('a draft of a waiver', () => {
  it('opens as narrow as it can be, for the days that are proposed', () => {
    expect(open()).toEqual({
      scope: 'image',
      everywhere: false,
      vulnerability: '',
      includeUnknown: false,
      reason: '',
      ticket: '',
      day: '2026-12-23',
    });
    expect(open({}, { ...TARGET, digest: undefined } as never).scope).toBe(
      'repository',
    );
    expect(open({ failing: [], unknown: ['notScanned'] }).includeUnknown).toBe(
      true,
    );
  });

  it.each([
    ['without a reason', { reason: ' ' }, false],
    ['for a day that has begun', { day: dayAfter(NOW, 0) }, false],
    ['for no day', { day: '' }, false],
    ['for the last day', { day: dayAfter(NOW, 90) }, true],
    ['for a day too late', { day: dayAfter(NOW, 91) }, false],
  ])('%s can be sent or not', (_, changes, expected) => {
    const draft = { ...open(), reason: 'Vendor image', ...changes };
    expect(isComplete({ draft, preview: PREVIEW, now: NOW })).toBe(expected);
  });

  it('that covers nothing cannot be sent', () => {
    const preview = { ...PREVIEW, failing: [], unknown: ['notScanned'] };
    const draft = { ...open(), reason: 'Vendor image', includeUnknown: false };
    expect(isComplete({ draft, preview, now: NOW })).toBe(false);
  });

  it('ends with the first instant of its day, within the days it says', () => {
    expect(endOfDraft(open())).toBe('2026-12-23T00:00:00.000Z');
    expect(endOfDraft({ day: 'soon' })).toBeUndefined();
  });

  it('is sent without what does not belong together', () => {
    const draft = {
      ...open(),
      scope: 'service' as const,
      everywhere: true,
      reason: ' Vendor image ',
      ticket: ' SEC-1 ',
    };
    expect(requestOf('component:default/api', TARGET, draft)).toEqual({
      entityRef: 'component:default/api',
      ...TARGET,
      scope: 'service',
      everywhere: false,
      vulnerability: '',
      includeUnknown: false,
      reason: 'Vendor image',
      ticket: 'SEC-1',
      expires: '2026-12-23T00:00:00.000Z',
    });
  });
});
