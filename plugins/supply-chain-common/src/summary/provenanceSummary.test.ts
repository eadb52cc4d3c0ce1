import { PolicyFacts, SupplyChainPolicy } from '../policy/types';
import {
  check,
  facts,
  KEY,
  keyRoot,
  NOW,
  policy,
  rule,
} from '../testing/exampleFacts';
import {
  bareStatement,
  claims,
  OWN_WORKFLOW,
  provenance,
  provenanceStatement,
  SOURCE,
  workflowIdentity,
} from '../testing/exampleProvenance';
import { judge } from '../testing/exampleJudged';
import { mergeImages } from './mergeImages';
import { provenanceSummary } from './provenanceSummary';
import { tilesOf } from './tilesOf';

const level = (minimumLevel: 0 | 2) =>
  rule('provenance-verified', { minimumLevel, allowSelfHosted: false });
const own = rule('built-from-own-repository', { hostAliases: {} });
const asking = policy({ rules: [level(2), own] });
const lastLook = {
  failedAt: NOW.toISOString(),
  reason: 'rateLimited',
} as const;

function summary(given: Partial<PolicyFacts>, policies = [asking]) {
  const base = facts(given);
  const entity = base.entity && { ...base.entity, sourceLocation: SOURCE };
  return provenanceSummary({
    facts: { ...base, entity },
    policies,
    trustRoots: [keyRoot('release'), keyRoot('vendor')],
    now: NOW,
  });
}

const good = provenanceStatement({
  checks: [
    check({ signer: workflowIdentity(), signedAt: '2026-11-11T00:00:00Z' }),
    check({ trustRoot: 'vendor', signer: KEY }),
  ],
});
const evidence = provenance([good], { evidence: { lastLook } });

describe('provenanceSummary', () => {
  it('says how the image was made, from what it should be, and why the level is no higher', () => {
    expect(summary({ provenance: evidence })).toEqual({
      status: 'verified',
      level: 2,
      levelReasons: ['builderNotIsolated'],
      source: SOURCE,
      expectedSource: SOURCE,
      ref: 'refs/tags/v1.0.0',
      commit: 'a'.repeat(40),
      builder: OWN_WORKFLOW,
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      workflow: '.github/workflows/release.yml',
      trigger: 'push',
      run: `${SOURCE}/actions/runs/1/attempts/1`,
      runnerEnvironment: 'github-hosted',
      signer: OWN_WORKFLOW,
      trustRoot: 'release',
      signedAt: '2026-11-11T00:00:00Z',
      foundIn: 'referrers',
      relation: 'exact',
      predicateType: 'https://slsa.dev/provenance/v1',
      observedAt: '2026-11-20T11:00:00Z',
      lastLook,
    });
  });

  it('names where the catalog entry lives only when that is another repository (L24)', () => {
    const entity = facts().entity!;
    const locationIn = (catalogLocation: string, policies = [asking]) =>
      provenanceSummary({
        facts: facts({
          provenance: evidence,
          entity: { ...entity, sourceLocation: SOURCE, catalogLocation },
        }),
        policies,
        trustRoots: [keyRoot('release')],
        now: NOW,
      })?.catalogLocation;
    const catalog = 'https://github.com/acme/catalog';
    expect(locationIn(catalog)).toBe(catalog);
    expect(locationIn(SOURCE)).toBeUndefined();
    const foreign = { ...asking, ownImages: ['registry.other.example/**'] };
    expect(locationIn(catalog, [foreign])).toBeUndefined();
  });

  it('says why where it is not verified', () => {
    expect(summary({ provenance: undefined })).toEqual({
      status: 'unavailable',
      reason: 'notCollectedYet',
      level: 0,
      levelReasons: ['notCollectedYet'],
      expectedSource: SOURCE,
    });
  });

  it('shows the worst status of the policies, then the lowest level', () => {
    const vendor = policy({
      name: 'vendor',
      trust: { type: 'any', of: ['vendor'] },
      rules: [level(0)],
    });
    expect(summary({ provenance: evidence }, [asking, vendor])).toMatchObject({
      status: 'verified',
      level: 1,
    });
    const rootless = { ...vendor, trust: undefined };
    expect(summary({ provenance: evidence }, [asking, rootless])).toMatchObject(
      { status: 'unavailable', reason: 'noTrustRootConfigured' },
    );
  });

  // prettier-ignore
  it.each<[string, Partial<PolicyFacts>, SupplyChainPolicy[]]>([
    ['no policy asks', { provenance: evidence }, [policy()]],
    ['no policy is loaded', { provenance: evidence }, []],
    ['no policy matches', { provenance: evidence }, [{ ...asking, match: { clusters: ['other'] } }]],
    ['the digest is not known', { image: { ...facts().image, digest: undefined } }, [asking]],
  ])('is left out when %s', (_condition, given, policies) => {
    expect(summary(given, policies)).toBeUndefined();
  });

  it('expects no repository of ours of the image of somebody else (L36)', () => {
    const foreign = { ...asking, ownImages: ['registry.other.example/**'] };
    expect(summary({ provenance: evidence }, [foreign])).not.toHaveProperty(
      'expectedSource',
    );
  });
});

describe('the question how images were made', () => {
  const example = (evidenceOf: typeof evidence) =>
    judge({ facts: { provenance: evidenceOf }, policies: [asking] });
  const made = example(evidence);
  const claimed = example(
    provenance([bareStatement(claims({ trigger: 'pull_request' }))]),
  );

  it('is answered by its rules, on the second tile', () => {
    expect([made.answers.provenance, claimed.answers.provenance]).toEqual([
      'unknown',
      'fail',
    ]);
    expect(tilesOf([claimed])[1]).toMatchObject({
      question: 'provenance',
      outcome: 'fail',
      evaluated: true,
      counts: { fail: 1 },
      reasons: [{ outcome: 'fail', code: 'triggerNotAllowed' }, {}],
    });
    expect(tilesOf([judge()])[1]).toMatchObject({ evaluated: false });
  });

  it('has the worst answer where an image runs twice', () => {
    const [merged] = mergeImages([made, claimed]);
    expect(merged.provenance).toMatchObject({ status: 'claimed' });
    expect(merged.answers.provenance).toBe('fail');
  });
});
