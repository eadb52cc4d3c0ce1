import { VulnerabilityFinding } from '../../model/vulnerability';
import {
  DIGEST,
  facts,
  factsWithImage,
  identity,
  check,
  KEY,
  keyRoot,
  NOW,
  origin,
  OTHER_DIGEST,
  policy,
  rule,
  scan,
  signatures,
  statement,
  vulnerability,
} from '../../testing/exampleFacts';
import { evaluatePolicy } from '../evaluation/evaluatePolicy';
import { ExpressionRule, PolicyFacts, SupplyChainPolicy } from '../types';

function expressionRule(
  expression: string,
  overrides: Partial<ExpressionRule> = {},
): ExpressionRule {
  return {
    id: 'own',
    title: 'Own rule',
    severity: 'medium',
    message: 'It does not hold.',
    expression,
    ...overrides,
  };
}

function verdictOf(
  expression: string,
  about: PolicyFacts = facts(),
  overrides: Partial<SupplyChainPolicy> = {},
) {
  const own = policy(overrides);
  return evaluatePolicy({
    facts: about,
    policy: {
      ...own,
      rules: [expressionRule(expression), ...(overrides.rules ?? [])],
    },
    trustRoots: [keyRoot('release', 'pem')],
    now: NOW,
  });
}

/** `pass`, or outcome and reason. */
function answer(...question: Parameters<typeof verdictOf>): string {
  const [{ outcome, reason }] = verdictOf(...question).findings;
  return [outcome, reason].filter(Boolean).join(' ');
}

function withFindings(...findings: VulnerabilityFinding[]): PolicyFacts {
  return facts({ scans: [scan({ findings })] });
}

describe('a rule written as an expression', () => {
  it('passes where it is true, fails with its own message where it is false, and shows what it read', () => {
    expect(verdictOf('image.tag != "latest" && image.own').findings).toEqual([
      {
        ruleId: 'own',
        policy: 'default',
        severity: 'medium',
        outcome: 'pass',
        message: 'The rule "own" holds: Own rule.',
        facts: { 'image.tag': '1.0.0', 'image.own': true },
      },
    ]);
    expect(verdictOf('image.tag == "latest"').findings).toEqual([
      {
        ruleId: 'own',
        policy: 'default',
        severity: 'medium',
        outcome: 'fail',
        reason: 'expressionFalse',
        message: 'It does not hold.',
        facts: { 'image.tag': '1.0.0' },
      },
    ]);
  });

  it('shows long texts in short', () => {
    const [{ facts: shown }] = verdictOf(
      'entity.name.size() > 5',
      facts({ entity: { ...facts().entity!, name: 'x'.repeat(500) } }),
    ).findings;
    expect(shown).toEqual({ 'entity.name': `${'x'.repeat(200)}…` });
  });

  it('is a warning before it is in force', () => {
    const verdict = evaluatePolicy({
      facts: facts(),
      policy: policy({
        rules: [
          expressionRule('false', { effectiveOn: '2026-12-01T00:00:00.000Z' }),
        ],
      }),
      trustRoots: [],
      now: NOW,
    });
    expect(verdict).toMatchObject({
      outcome: 'warn',
      nextChangeAt: '2026-12-01T00:00:00.000Z',
    });
  });

  it.each([
    ['image.tag', 'expected true or false, got string'],
    ['1 / (size(image.tag) - 5) > 0', 'divide by zero'],
    [
      'entity.sourceLocation == "x"',
      'there is no "entity.sourceLocation"; has(entity.sourceLocation) tells',
    ],
    ['image.tag.matches("(" + image.tag)', 'missing closing )'],
    ['not valid', 'it is not valid'],
  ])('cannot tell when %s is evaluated', (expression, message) => {
    const [finding] = verdictOf(expression).findings;
    expect(finding).toMatchObject({ outcome: 'unknown', reason: 'ruleError' });
    expect(finding.message).toContain(message);
  });

  it('decides by what it can read where an error does not matter', () => {
    expect(answer('has(entity.sourceLocation) || image.own')).toBe('pass');
    expect(answer('entity.sourceLocation == "x" || image.own')).toBe('pass');
  });
});

describe('facts about the image', () => {
  const byDigest = factsWithImage({ imageRef: `shop/web@${DIGEST}` });

  it.each([
    ['image.registry == "registry.acme.example"', 'pass'],
    ['image.repository == "registry.acme.example/shop/web"', 'pass'],
    [`image.digest == "${DIGEST}" && image.digestSource == "imageID"`, 'pass'],
    ['image.platform == "linux/amd64" && !image.platformImage', 'pass'],
    ['image.containerType == "app" && image.started', 'pass'],
    ['has(image.imageIDRepository)', 'fail expressionFalse'],
    ['image.constructor == "x"', 'unknown ruleError'],
  ])('%s: %s', (expression, expected) => {
    expect(answer(expression)).toBe(expected);
  });

  it('have an empty tag where only a digest is written, which is no moving tag', () => {
    expect(answer('image.tag != "latest"', byDigest)).toBe('pass');
    expect(answer('image.tag == ""', byDigest)).toBe('pass');
    expect(
      answer('image.tag == "latest"', factsWithImage({ imageRef: 'shop/web' })),
    ).toBe('pass');
  });

  it('cannot be told where the reference cannot be read', () => {
    const unreadable = factsWithImage({
      imageRef: 'Shop/Web',
      repository: undefined,
      digest: undefined,
    });
    expect(answer('image.tag != "latest"', unreadable)).toBe(
      'unknown referenceUnreadable',
    );
    expect(answer('image.reference == "Shop/Web"', unreadable)).toBe('pass');
  });

  it('cannot be told of a digest that is not known, which may be asked', () => {
    const unknown = factsWithImage({ digest: undefined, digestSource: 'none' });
    expect(answer('image.digest != "x"', unknown)).toBe(
      'unknown digestUnknown',
    );
    expect(answer('has(image.digest)', unknown)).toBe('fail expressionFalse');
    expect(answer('has(image.digest) && image.digest != "x"', unknown)).toBe(
      'unknown digestUnknown',
    );
    expect(answer('size(image) > 0', unknown)).toBe('unknown digestUnknown');
    for (const root of ['signature', 'provenance', 'scan', 'origin']) {
      expect(answer(`${root}.status == "unavailable"`, unknown)).toBe('pass');
      expect(answer(`size(${root}) > 0`, unknown)).toBe(
        'unknown digestUnknown',
      );
    }
    expect(answer('vulnerabilities.all(v, false)', unknown)).toBe(
      'unknown digestUnknown',
    );
    expect(
      answer(
        'signature.signers == []',
        factsWithImage({ digest: undefined, started: false }),
      ),
    ).toBe('unknown neverStarted');
  });

  it('tell ours from others, by the policy', () => {
    const others = { ownImages: ['docker.io/**'], platformImages: [] };
    expect(answer('image.own', facts(), others)).toBe('fail expressionFalse');
    expect(
      answer('image.platformImage', facts(), {
        platformImages: ['registry.acme.example/**'],
      }),
    ).toBe('pass');
  });
});

describe('facts about place and entity', () => {
  it.each([
    ['place.cluster == "prod-eu" && place.namespace == "shop"', 'pass'],
    ['entity.ref == "component:default/web"', 'pass'],
    ['entity.lifecycle == "production" && entity.system == "shop"', 'pass'],
    ['has(entity.sourceLocation)', 'fail expressionFalse'],
  ])('%s: %s', (expression, expected) => {
    expect(answer(expression)).toBe(expected);
  });

  it('are empty where it runs nowhere and belongs to nobody', () => {
    const nowhere = facts({ where: null, entity: null });
    expect(answer('has(place.cluster) || has(entity.ref)', nowhere)).toBe(
      'fail expressionFalse',
    );
  });

  it('cannot be told where nobody knows them (L29)', () => {
    const unknown = facts({ where: undefined, entity: undefined });
    expect(answer('has(place.cluster)', unknown)).toBe(
      'unknown contextNotKnown',
    );
    expect(answer('has(entity.ref)', unknown)).toBe('unknown contextNotKnown');
  });
});

describe('facts about signatures', () => {
  const GITHUB = 'https://token.actions.githubusercontent.com';

  it('are the judgement of the policy', () => {
    const signed = facts({
      signatures: [
        signatures([
          statement(
            check({
              signer: identity('https://github.com/acme/web'),
              signedAt: '2026-11-20T10:00:00Z',
            }),
          ),
        ]),
      ],
    });
    expect(answer('signature.status == "verified"', signed)).toBe('pass');
    expect(
      answer(
        `signature.issuers == ["${GITHUB}"] && signature.signers == ["https://github.com/acme/web"]`,
        signed,
      ),
    ).toBe('pass');
    expect(
      answer(
        'signature.schemes == ["cosign"] && signature.trustRoots == ["release"] && signature.foundIn == "referrers" && signature.relation == "exact"',
        signed,
      ),
    ).toBe('pass');
    expect(answer('now - signature.signedAt < duration("3h")', signed)).toBe(
      'pass',
    );
    expect(answer('now - signature.signedAt > duration("3h")', signed)).toBe(
      'fail expressionFalse',
    );
  });

  it('name nobody where the policy accepts nobody', () => {
    const untrusted = facts({
      signatures: [
        signatures([
          statement(
            check({
              status: 'untrustedSigner',
              reason: 'noMatchingKey',
              signer: KEY,
            }),
          ),
        ]),
      ],
    });
    expect(
      answer(
        'signature.reason == "noMatchingKey" && signature.signers == []',
        untrusted,
      ),
    ).toBe('pass');
  });

  it('cannot be told where a place was not read, but for the status (L19)', () => {
    const refused = facts({
      signatures: [
        signatures([], {
          evidence: {
            status: 'unavailable',
            reason: 'registryRefused',
            detail: undefined,
          },
        }),
      ],
    });
    expect(answer('size(signature.signers) <= 1', refused)).toBe(
      'unknown registryRefused',
    );
    expect(answer('has(signature.signedAt)', refused)).toBe(
      'unknown registryRefused',
    );
    expect(answer('signature.status == "verified"', refused)).toBe(
      'fail expressionFalse',
    );
    expect(answer('signature["status"] == "verified"', refused)).toBe(
      'fail expressionFalse',
    );
    expect(answer('signature.reason == "registryRefused"', refused)).toBe(
      'pass',
    );
    // What the rest comes to does not matter.
    expect(answer('true || signature.signers == []', refused)).toBe(
      'unknown registryRefused',
    );
  });

  it('change when the evidence ends', () => {
    expect(verdictOf('signature.status == "verified"').nextChangeAt).toBe(
      '2026-11-21T11:00:00Z',
    );
  });
});

describe('facts about the registry', () => {
  it('say what the registry says, and whether a tag has moved', () => {
    expect(
      answer(
        'origin.kind == "manifest" && origin.sizeBytes == 1 && origin.platforms == []',
      ),
    ).toBe('pass');
    expect(answer('has(origin.tagMoved)')).toBe('fail expressionFalse');
    const moved = (digest: typeof DIGEST, parents: (typeof DIGEST)[] = []) =>
      facts({ origin: origin({ tags: [{ tag: '1.0.0', digest }], parents }) });
    expect(answer('origin.tagMoved', moved(OTHER_DIGEST))).toBe('pass');
    expect(answer('origin.tagMoved', moved(DIGEST))).toBe(
      'fail expressionFalse',
    );
    expect(answer('origin.tagMoved', moved(OTHER_DIGEST, [OTHER_DIGEST]))).toBe(
      'fail expressionFalse',
    );
  });

  it('cannot be told before it was asked, or once the answer has ended (L6)', () => {
    expect(answer('origin.kind == "index"', facts({ origin: undefined }))).toBe(
      'unknown notCollectedYet',
    );
    const ended = { ...origin(), expiresAt: '2026-11-20T12:00:00Z' };
    expect(answer('origin.kind == "index"', facts({ origin: ended }))).toBe(
      'unknown evidenceExpired',
    );
    expect(
      verdictOf(
        'origin.status == "present"',
        facts({ origin: { ...ended, expiresAt: '2026-11-20T13:00:00Z' } }),
      ).nextChangeAt,
    ).toBe('2026-11-20T13:00:00Z');
    const absent = {
      ...origin(),
      status: 'absent',
      detail: undefined,
    } as const;
    expect(answer('origin.status == "absent"', facts({ origin: absent }))).toBe(
      'pass',
    );
  });
});

describe('facts about scans', () => {
  const critical = vulnerability({
    publishedAt: '2026-11-01T00:00:00Z',
    score: 9.8,
  });
  const unfixed = vulnerability({
    id: 'CVE-2',
    severity: 'high',
    fixedVersion: undefined,
  });

  it('count what the rules about vulnerabilities count', () => {
    const scanned = withFindings(critical, unfixed);
    expect(
      answer(
        'scan.total == 2 && scan.critical == 1 && scan.high == 1 && scan.fixable.critical == 1 && scan.fixable.high == 0',
        scanned,
      ),
    ).toBe('pass');
    expect(
      answer(
        'scan.status == "present" && scan.ageHours == 6 && scan.scanners == ["Trivy"] && !scan.truncated',
        scanned,
      ),
    ).toBe('pass');
    expect(answer('now - scan.scannedAt == duration("6h")', scanned)).toBe(
      'pass',
    );
  });

  it('count what is past the time limit of the policy, until when it is not', () => {
    const limit = (leewayDays: number) => ({
      rules: [
        rule('no-fixable-vulnerability', {
          severity: 'critical',
          leewayDays,
          since: 'firstFixable',
        }),
      ],
    });
    const scanned = withFindings(critical, unfixed);
    expect(answer('scan.overdue.critical == 1', scanned, limit(10))).toBe(
      'pass',
    );
    expect(answer('scan.overdue.critical == 0', scanned, limit(20))).toBe(
      'pass',
    );
    expect(
      verdictOf('scan.overdue.critical == 0', scanned, limit(19.5)).findings[0]
        .outcome,
    ).toBe('fail');
  });

  it.each([
    ['there is none', facts({ scans: [] }), 'notScanned', 'absent'],
    [
      'it is stale',
      facts({ scans: [scan({ scannedAt: '2026-11-01T00:00:00Z' })] }),
      'scanStale',
      'stale',
    ],
    [
      'it is stale and the scanner is down',
      facts({
        scans: [scan({ scannedAt: '2026-11-01T00:00:00Z' })],
        scanner: { status: 'unavailable' },
      }),
      'scannerUnavailable',
      'stale',
    ],
    [
      'it is of another digest',
      facts({ scans: [scan({ artifact: { digest: OTHER_DIGEST } })] }),
      'scanOtherDigest',
      'otherDigest',
    ],
    [
      'it may be of something else',
      facts({
        scans: [
          scan({
            artifact: {
              repository: 'registry.acme.example/shop/web',
              tag: '1.0.0',
            },
          }),
        ],
      }),
      'scanReferenceOnly',
      'partial',
    ],
    [
      'the scanner is down',
      facts({ scans: [], scanner: { status: 'unavailable' } }),
      'scannerUnavailable',
      'unavailable',
    ],
  ])(
    'cannot be told when %s, but for the status (L8, L19)',
    (_, about, reason, status) => {
      expect(answer('scan.critical == 0', about)).toBe(`unknown ${reason}`);
      expect(answer('scan.critical > 0', about)).toBe(`unknown ${reason}`);
      expect(answer('vulnerabilities.all(v, true)', about)).toBe(
        `unknown ${reason}`,
      );
      expect(answer(`scan.status == "${status}"`, about)).toBe('pass');
      expect(answer(`scan.reason == "${reason}"`, about)).toBe('pass');
    },
  );

  it('name vulnerabilities worst first, with what is known of each', () => {
    const dated = vulnerability({
      id: 'CVE-3',
      severity: 'low',
      publishedAt: 'soon',
      purl: 'pkg:deb/x',
      path: 'lib/x',
    });
    const scanned = {
      ...withFindings(dated, unfixed, critical, {
        ...critical,
        id: 'CVE-0',
        score: 9.1,
      }),
      vulnerabilityClocks: [
        {
          key: 'CVE-2026-1000|openssl',
          firstSeenAt: '2026-11-02T00:00:00Z',
          firstFixableAt: '2026-11-03T00:00:00Z',
        },
      ],
    };
    expect(
      answer(
        'vulnerabilities.map(v, v.id) == ["CVE-2026-1000", "CVE-0", "CVE-2", "CVE-3"]',
        scanned,
      ),
    ).toBe('pass');
    expect(
      answer(
        'vulnerabilities[0].score == 9.8 && vulnerabilities[0].fixed == "3.0.2" && vulnerabilities[0].installed == "3.0.1" && vulnerabilities[0].package == "openssl" && now - vulnerabilities[0].publishedAt > duration("240h")',
        scanned,
      ),
    ).toBe('pass');
    expect(
      answer(
        'vulnerabilities.exists_one(v, !has(v.fixed)) && vulnerabilities.exists(v, has(v.purl) && v.path == "lib/x" && !has(v.publishedAt))',
        scanned,
      ),
    ).toBe('pass');
  });

  it('cannot tell by a list that is cut, whatever is in it; the numbers are complete', () => {
    const many = withFindings(
      ...Array.from({ length: 201 }, (_, count) =>
        vulnerability({ id: `CVE-${count}` }),
      ),
    );
    expect(answer('vulnerabilities.all(v, has(v.fixed))', many)).toBe(
      'unknown factsTruncated',
    );
    expect(answer('!vulnerabilities.exists(v, false)', many)).toBe(
      'unknown factsTruncated',
    );
    expect(answer('scan.critical == 201 && scan.truncated', many)).toBe('pass');
    const [finding] = verdictOf('vulnerabilities.all(v, true)', many).findings;
    expect(finding.message).toBe(
      '"registry.acme.example/shop/web:1.0.0" has 201 vulnerabilities, and rules see the worst 200 of them.',
    );
  });
});

describe('what the clock changes', () => {
  it('is the age of a scan, at the next whole hour', () => {
    expect(verdictOf('scan.ageHours <= 6').nextChangeAt).toBe(
      '2026-11-20T12:00:00.001Z',
    );
  });

  it('is every hour for what compares with now', () => {
    expect(
      verdictOf('now > timestamp("2026-01-01T00:00:00Z")').nextChangeAt,
    ).toBe('2026-11-20T13:00:00.000Z');
  });

  it('is nothing for what is the same for ever', () => {
    expect(verdictOf('image.own').nextChangeAt).toBeUndefined();
  });
});
