import { schema } from 'backstage-plugin-supply-chain-common';
import { verdict } from '../../../__testUtils__/reports';
import { waivedUntil } from './waivedUntil';

function finding(expires: string, outcome: schema.Outcome = 'waived') {
  const [first] = verdict().findings;
  return {
    ...first,
    outcome,
    waiver: {
      name: 'sec-7',
      source: 'git' as const,
      reason: 'Vendor image',
      approvedBy: 'user:default/platform',
      expires,
      outcome: 'fail' as const,
    },
  };
}

describe('waivedUntil', () => {
  it('is the end of the waiver that ends first', () => {
    const later = verdict({ findings: [finding('2026-12-22T12:00:00.000Z')] });
    const sooner = verdict({ findings: [finding('2026-12-02T12:00:00.000Z')] });
    expect(waivedUntil([later, sooner])).toBe('2026-12-02T12:00:00.000Z');
  });

  it('is nothing where nothing is waived', () => {
    const failing = finding('2026-12-02T12:00:00.000Z', 'fail');
    expect(waivedUntil([verdict(), verdict({ findings: [failing] })])).toBe(
      undefined,
    );
  });
});
