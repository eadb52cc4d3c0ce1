import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { policySetFromBundles } from './documents';
import { describeRule } from './rules';

// Packs are what people begin with, so a mistake in one is a mistake in every portal.
const folder = resolve(__dirname, '../../../../deploy/policies');
const packs = readdirSync(folder).filter(name => name.endsWith('.yaml'));

const load = (
  name: string,
  text = readFileSync(resolve(folder, name), 'utf8'),
) => policySetFromBundles([{ source: name, fromUrl: false, text, files: {} }]);

describe.each(packs)('the pack %s', name => {
  it('loads as it is, asks for nothing by force and limits waivers', () => {
    const loaded = load(name);
    expect(loaded).toMatchObject({ ok: true });
    for (const policy of loaded.ok ? loaded.policySet.policies : []) {
      expect(policy).toMatchObject({
        mode: 'audit',
        onUnknown: 'deny',
        title: expect.any(String),
        waivers: { maxDays: 90 },
      });
      for (const rule of policy.rules) {
        expect(describeRule(rule).controls.length).toBeGreaterThan(0);
      }
    }
  });

  it('loads with trust roots once these are there', () => {
    const text = readFileSync(resolve(folder, name), 'utf8');
    const names = [...text.matchAll(/# trust: \[(.*)\]/g)]
      .flatMap(([, list]) => list.split(', '))
      .filter((each, index, all) => all.indexOf(each) === index);
    const roots = names.map(
      root => `---
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: ${root} }
spec:
  contentTrust:
    server: https://notary.acme.example
    trustOnFirstUse: true
`,
    );
    expect(
      load(name, text.replaceAll('# trust:', 'trust:') + roots.join('')),
    ).toMatchObject({ ok: true });
  });
});

it('names the packs that the README does', () => {
  const readme = readFileSync(resolve(folder, 'README.md'), 'utf8');
  expect(
    [...readme.matchAll(/\((\w+\.yaml)\)/g)].map(([, name]) => name).sort(),
  ).toEqual(packs.sort());
});
