import { ConformanceGroup } from './conformanceCase';

/** Rules about where an image lies and how it is named; `OWN` and `VENDOR` stand for the hosts of the registries. */
export const PLACE_CASES: ConformanceGroup[] = [
  {
    under: 'our registry is listed',
    rule: { use: 'registry-allowed', with: { allow: ['OWN/**'] } },
    // prettier-ignore
    cases: [
      { when: 'it lies there', image: 'shop/web:1.4.0', expected: ['pass'] },
      { when: 'it lies there and is named by tag', image: 'shop/web:1.4.0', named: 'tag', expected: ['pass'] },
      { when: 'it lies in the vendor\'s', image: 'vendor/proxy:1.31.4', expected: ['fail', 'repositoryNotAllowed'] },
      { when: 'it lies there and cannot be read', image: 'shop/recommendations:1.1.0', expected: ['pass'] },
      { when: 'a waiver covers the vendor\'s', image: 'vendor/proxy:1.31.4', waiver: { rule: 'registry-allowed', reasons: ['repositoryNotAllowed'], scope: 'repository', endsInHours: 1 }, expected: ['waived', 'repositoryNotAllowed'] },
    ],
  },
  {
    under: 'one folder of it is listed',
    rule: { use: 'registry-allowed', with: { allow: ['OWN/shop/*'] } },
    // prettier-ignore
    cases: [
      { when: 'it lies in it', image: 'shop/web:1.4.0', expected: ['pass'] },
      { when: 'it lies beside it', image: 'core/mailer:3.3.0', expected: ['fail', 'repositoryNotAllowed'] },
    ],
  },
  {
    under: 'the rule is not in force yet',
    rule: {
      use: 'registry-allowed',
      with: { allow: ['OWN/shop/*'] },
      effectiveOn: '2099-01-01',
    },
    // prettier-ignore
    cases: [
      { when: 'it lies beside it', image: 'core/mailer:3.3.0', expected: ['warn', 'repositoryNotAllowed'] },
    ],
  },
  {
    under: 'every image has a digest',
    rule: { use: 'digest-pinned' },
    // prettier-ignore
    cases: [
      { when: 'it has one', image: 'shop/web:1.4.0', expected: ['pass'] },
      { when: 'it has none', image: 'shop/web:1.4.0', named: 'tag', expected: ['fail', 'unpinnedReference'] },
      { when: 'it has none and its tag moves', image: 'edge/notifications:latest', named: 'tag', expected: ['fail', 'movingTag'] },
      { when: 'its tag moves and it has one', image: 'edge/notifications:latest', expected: ['pass'] },
      { when: 'a waiver covers the tag', image: 'shop/web:1.4.0', named: 'tag', waiver: { rule: 'digest-pinned', reasons: ['unpinnedReference'], scope: 'repository', endsInHours: 1 }, expected: ['waived', 'unpinnedReference'] },
      { when: 'the waiver is for another reason', image: 'edge/notifications:latest', named: 'tag', waiver: { rule: 'digest-pinned', reasons: ['unpinnedReference'], scope: 'repository', endsInHours: 1 }, expected: ['fail', 'movingTag'] },
    ],
  },
  {
    under: 'other tags move',
    rule: { use: 'digest-pinned', with: { movingTags: ['1.4.0'] } },
    // prettier-ignore
    cases: [
      { when: 'it has that tag', image: 'shop/web:1.4.0', named: 'tag', expected: ['fail', 'movingTag'] },
      { when: 'it has another', image: 'edge/notifications:latest', named: 'tag', expected: ['fail', 'unpinnedReference'] },
    ],
  },
  {
    under: 'digests are not asked for yet',
    rule: { use: 'digest-pinned', effectiveOn: '2099-01-01' },
    // prettier-ignore
    cases: [
      { when: 'it has none', image: 'shop/web:1.4.0', named: 'tag', expected: ['warn', 'unpinnedReference'] },
    ],
  },
];
