import { policy, rule } from '../../testing/exampleFacts';
import { SupplyChainPolicy } from '../types';
import { controlFrameworks, OTHER_CONTROLS } from './controlFrameworks';

const SIGNED = rule('image-signed', {
  allowViaIndex: true,
  allowFirstUse: false,
});

function controlOf(id: string, ...policies: SupplyChainPolicy[]) {
  return controlFrameworks(policies)
    .flatMap(each => each.controls)
    .find(each => each.id === id);
}

describe('controlFrameworks', () => {
  it('names the rules of policies that serve a control, and the built-in ones that could', () => {
    const policies = [
      policy({ rules: [{ ...SIGNED, id: 'signed-by-us' }] }),
      policy({ name: 'edge', rules: [SIGNED] }),
    ];
    expect(controlOf('SSDF PS.2.1', ...policies)).toEqual({
      id: 'SSDF PS.2.1',
      rules: [
        { policy: 'default', ruleId: 'signed-by-us' },
        { policy: 'edge', ruleId: 'image-signed' },
      ],
      available: ['image-signed', 'not-content-trust-only'],
    });
  });

  it('names controls no rule in force serves, and those no rule can serve', () => {
    expect(controlOf('SLSA Build L3', policy())).toEqual({
      id: 'SLSA Build L3',
      rules: [],
      available: ['provenance-verified'],
    });
    expect(controlOf('SLSA Source L3', policy())).toEqual({
      id: 'SLSA Source L3',
      rules: [],
      available: [],
    });
  });

  it('names controls that only a rule of the policy itself serves, of known frameworks and others', () => {
    const own = policy({
      rules: [
        {
          id: 'no-latest',
          title: 'No moving tag',
          severity: 'medium',
          expression: 'image.tag != "latest"',
          message: 'Deploy a version',
          controls: ['CIS-SSC 5.1.99', 'House rule 7', 'constructor'],
        },
      ],
    });
    const served = [{ policy: 'default', ruleId: 'no-latest' }];
    expect(controlOf('CIS-SSC 5.1.99', own)).toEqual({
      id: 'CIS-SSC 5.1.99',
      rules: served,
      available: [],
    });
    expect(controlFrameworks([own]).at(-1)).toEqual({
      framework: OTHER_CONTROLS,
      controls: ['House rule 7', 'constructor'].map(id => ({
        id,
        rules: served,
        available: [],
      })),
    });
  });

  it('names every framework, also one of which nothing is evaluated, each control once', () => {
    const frameworks = controlFrameworks([]);
    expect(frameworks.map(each => each.framework)).toEqual([
      'SLSA',
      'SSDF',
      'S2C2F',
      'CIS-SSC',
      'CIS-Docker',
      'NSA',
      'CRA',
    ]);
    for (const { controls } of frameworks) {
      expect(controls.every(each => each.rules.length === 0)).toBe(true);
      const ids = controls.map(each => each.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(frameworks.map(each => each.framework)).not.toContain(
      OTHER_CONTROLS,
    );
  });
});
