import { VulnerabilityFinding } from '../../model/vulnerability';
import { VexStatement } from '../../model/vex';
import {
  scanFactsOf,
  vulnerabilityFactsOf,
} from '../../policy/expressions/facts/scanFacts';
import { evaluateNoFixableVulnerability } from '../../policy/rules/no-fixable-vulnerability/evaluate';
import { evaluateNoKnownExploited } from '../../policy/rules/no-known-exploited/evaluate';
import { RuleContext } from '../../policy/rules/rule';
import { publicKeyFingerprint } from '../../policy/signatures/keyPeriods';
import { PolicyFacts, PolicyRule } from '../../policy/types';
import { imageScans } from '../../summary/imageScans';
import { vulnerabilityFigures } from '../../summary/vulnerabilitySummary';
import {
  check,
  DIGEST,
  facts,
  INDEX_DIGEST,
  KEY,
  keyRoot,
  NOW,
  origin,
  OTHER_DIGEST,
  policy,
  REPOSITORY,
  rule,
  scan,
  vulnerability,
} from '../../testing/exampleFacts';
import {
  attestedVex,
  provenanceOf,
  uploadedVex,
  vexDetail,
  vexStatement,
} from '../../testing/exampleVex';

type RuleParameters = RuleContext<'no-fixable-vulnerability'>['parameters'];

const ROOTS = [keyRoot('release', 'a'), keyRoot('other', 'b')];

function fixable(given: PolicyFacts, parameters: Partial<RuleParameters> = {}) {
  return evaluateNoFixableVulnerability({
    facts: given,
    policy: policy(),
    trustRoots: ROOTS,
    now: NOW,
    parameters: {
      severity: 'critical',
      leewayDays: 0,
      since: 'firstFixable',
      ...parameters,
    },
  });
}

const PURL = 'pkg:deb/debian/openssl@3.0.1?arch=amd64&distro=debian-12';
const found = (
  others: Partial<PolicyFacts>,
  change: Partial<VulnerabilityFinding> = {},
) =>
  facts({
    scans: [scan({ findings: [vulnerability({ purl: PURL, ...change })] })],
    ...others,
  });
const signed = (
  statements?: VexStatement[],
  change: Parameters<typeof attestedVex>[1] = {},
  document = {},
) =>
  found({
    provenance: provenanceOf([
      attestedVex(vexDetail(statements, document), change),
    ]),
  });

const outcome = (
  given: PolicyFacts,
  parameters: Partial<RuleParameters> = {},
) => fixable(given, parameters).outcome;

describe('a statement that a trust root of the policy accounts for', () => {
  it('sets the finding aside, and the rule says so', () => {
    expect(fixable(found({}))).toMatchObject({ outcome: 'fail' });
    expect(fixable(signed())).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining('VEX sets aside CVE-2026-1000.'),
      facts: { overdue: 0, notAffected: 1, setAside: 'CVE-2026-1000' },
    });
  });

  it('does so too where it says that the image is fixed', () => {
    expect(outcome(signed([vexStatement({ status: 'fixed' })]))).toBe('pass');
  });

  it.each(['affected', 'underInvestigation'] as const)(
    'does not where it says %s',
    status => {
      expect(outcome(signed([vexStatement({ status })]))).toBe('fail');
    },
  );

  it('leaves every other finding where it is', () => {
    const two = found(
      { provenance: provenanceOf([attestedVex()]) },
      { id: 'CVE-2026-2000' },
    );
    expect(outcome(two)).toBe('fail');
  });

  it('settles whether there is a fix as well', () => {
    const unknownFix = {
      fixedVersion: undefined,
      fixState: 'unknown',
    } as const;
    const provenance = provenanceOf([attestedVex()]);
    expect(outcome(found({}, unknownFix))).toBe('unknown');
    expect(outcome(found({ provenance }, unknownFix))).toBe('pass');
  });

  it('does not make a stale scan a fresh one (L8)', () => {
    const provenance = provenanceOf([attestedVex()]);
    const stale = scan({
      scannedAt: '2026-11-10T00:00:00Z',
      findings: [vulnerability()],
    });
    expect(fixable(facts({ provenance, scans: [stale] }))).toMatchObject({
      outcome: 'unknown',
      reason: 'scanStale',
    });
  });

  // prettier-ignore
  it.each<[string, PolicyFacts]>([
    ['a stranger signed it', signed(undefined, { checks: [check({ status: 'untrustedSigner', reason: 'noMatchingKey' })] })],
    ['its signature is invalid', signed(undefined, { checks: [check({ status: 'invalid', reason: 'payloadMismatch' as never })] })],
    ['a root signed it that the policy does not name', signed(undefined, { checks: [check({ trustRoot: 'other', signer: KEY })] })],
    ['nobody signed it', signed(undefined, { signed: false, checks: [] })],
    ['nobody signed it, whatever the checks say', signed(undefined, { signed: false })],
    ['it covers nothing', signed(undefined, { covers: undefined })],
    ['it covers another image', signed(undefined, { covers: OTHER_DIGEST })],
    ['it could not be read', signed(undefined, { content: { type: 'vex', problem: 'malformedReport' } })],
    ['the look that found it is too old (L6)', found({ provenance: provenanceOf([attestedVex()], { expiresAt: NOW.toISOString() }) })],
    ['its product is another digest', signed([vexStatement({ products: [{ name: 'x', digests: [OTHER_DIGEST], repositories: [] }] })])],
    ['one of two digests of its product is another', signed([vexStatement({ products: [{ name: 'x', digests: [DIGEST, OTHER_DIGEST], repositories: [] }] })])],
    ['its product is another repository', signed([vexStatement({ products: [{ name: 'x', digests: [], repositories: ['registry.acme.example/shop/other'] }] })])],
    ['its product is two repositories', signed([vexStatement({ products: [{ name: 'x', digests: [], repositories: [REPOSITORY, 'registry.acme.example/shop/other'] }] })])],
    ['its product names nothing that identifies', signed([vexStatement({ products: [{ name: 'web:1.0.0', digests: [], repositories: [] }] })])],
    ['it has an empty list of products', signed([vexStatement({ products: [] })])],
    ['its product is of another architecture', signed([vexStatement({ products: [{ name: 'x', digests: [DIGEST], repositories: [], architecture: 'arm64' }] })])],
    ['it is about another vulnerability', signed([vexStatement({ names: ['CVE-2026-10001', 'CVE-2026-100'] })])],
    ['it is about another package', signed([vexStatement({ products: [{ name: 'x', digests: [DIGEST], repositories: [], subcomponents: ['pkg:deb/debian/libssl3@3.0.1'] }] })])],
    ['it is about another version', signed([vexStatement({ products: [{ name: 'x', digests: [DIGEST], repositories: [], subcomponents: ['pkg:deb/debian/openssl@3.0.10'] }] })])],
    ['the part it is about has no version', signed([vexStatement({ products: [{ name: 'x', digests: [DIGEST], repositories: [], subcomponents: ['pkg:deb/debian/openssl'] }] })])],
    ['the part it is about cannot be told', signed([vexStatement({ products: [{ name: 'x', digests: [DIGEST], repositories: [], subcomponents: [] }] })])],
    ['it is dated tomorrow', signed([vexStatement({ statedAt: '2026-11-21T12:00:00.000Z' })])],
  ])('counts for nothing where %s', (_condition, given) => {
    expect(outcome(given)).toBe('fail');
  });

  // prettier-ignore
  it.each<[string, PolicyFacts]>([
    ['its product is the repository', signed([vexStatement({ products: [{ name: 'x', digests: [], repositories: [REPOSITORY] }] })])],
    ['it names no product, and is bound to the image', signed([vexStatement({ products: undefined })])],
    ['one of its products is the image', signed([vexStatement({ products: [{ name: 'x', digests: [OTHER_DIGEST], repositories: [] }, { name: 'y', digests: [DIGEST], repositories: [] }] })])],
    ['it names the package', signed([vexStatement({ products: [{ name: 'x', digests: [DIGEST], repositories: [], architecture: 'amd64', subcomponents: ['pkg:deb/debian/openssl@3.0.1'] }] })])],
    ['it knows the vulnerability by another name', found({ provenance: provenanceOf([attestedVex(vexDetail([vexStatement({ names: ['GHSA-1'] })]))]) }, { aliases: ['GHSA-1'] })],
    ['its alias is the name of the finding', signed([vexStatement({ names: ['GHSA-1', 'CVE-2026-1000'] })])],
    ['any of two roots of the policy accounts for it', signed(undefined, { checks: [check({ trustRoot: 'other', status: 'untrustedSigner' }), check()] })],
  ])('counts where %s', (_condition, given) => {
    expect(outcome(given)).toBe('pass');
  });

  it('must be known by that name to every scanner that found it', () => {
    const grype = scan(
      {
        scanner: { name: 'Grype' },
        findings: [
          vulnerability({
            purl: PURL,
            id: 'GHSA-1',
            aliases: ['CVE-2026-1000'],
          }),
        ],
      },
      { collector: 'grype' },
    );
    const trivy = scan({ findings: [vulnerability({ purl: PURL })] });
    const about = (name: string) =>
      facts({
        scans: [trivy, grype],
        provenance: provenanceOf([
          attestedVex(vexDetail([vexStatement({ names: [name] })])),
        ]),
      });
    expect(outcome(about('GHSA-1'))).toBe('fail');
    expect(outcome(about('CVE-2026-1000'))).toBe('pass');
  });

  it('stands no longer than the key that signed it', () => {
    const pem =
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----';
    const notAfter = '2026-11-20T13:00:00.000Z';
    const root = keyRoot('release', pem);
    const signer = {
      type: 'key',
      fingerprint: publicKeyFingerprint(pem)!,
    } as const;
    const run = (now: string) =>
      evaluateNoFixableVulnerability({
        facts: signed(undefined, { checks: [check({ signer })] }),
        policy: policy(),
        trustRoots: [
          {
            ...root,
            spec: {
              ...root.spec,
              type: 'keys',
              transparencyLog: 'none',
              timestamps: 'none',
              keys: [{ material: { content: pem, source: 'x' }, notAfter }],
            },
          },
        ],
        now: new Date(now),
        parameters: {
          severity: 'critical',
          leewayDays: 0,
          since: 'firstFixable',
        },
      });
    expect(run('2026-11-20T12:59:59.999Z')).toMatchObject({
      outcome: 'pass',
      nextChangeAt: notAfter,
    });
    expect(run(notAfter)).toMatchObject({ outcome: 'fail' });
  });

  it('names the instant at which the look that found it is too old', () => {
    const expiresAt = '2026-11-20T13:00:00.000Z';
    const provenance = provenanceOf([attestedVex()], { expiresAt });
    expect(fixable(found({ provenance })).nextChangeAt).toBe(expiresAt);
    expect(
      fixable(signed([vexStatement({ statedAt: '2026-11-20T12:30:00.000Z' })]))
        .nextChangeAt,
    ).toBe('2026-11-20T12:25:00.000Z');
  });
});

describe('an index', () => {
  const onPlatform = (platform: string | undefined, digest = DIGEST) => {
    const base = signed(
      [
        vexStatement({
          products: [{ name: 'x', digests: [digest], repositories: [] }],
        }),
      ],
      { covers: digest, relation: 'viaIndex' },
    );
    return { ...base, image: { ...base.image, platform } };
  };
  const children = [
    { digest: OTHER_DIGEST, platform: 'linux/amd64' },
    { digest: INDEX_DIGEST, platform: 'linux/arm64' },
  ];
  const withOrigin = (
    given: PolicyFacts,
    change: Parameters<typeof origin>[0],
  ) => ({
    ...given,
    origin: origin(change),
    scans: [
      scan({
        platform: 'linux/amd64',
        findings: [vulnerability({ purl: PURL })],
      }),
    ],
  });

  it('that lists the image speaks for it (L3)', () => {
    const given = onPlatform('linux/amd64', INDEX_DIGEST);
    expect(outcome(withOrigin(given, { parents: [INDEX_DIGEST] }))).toBe(
      'pass',
    );
    expect(outcome(withOrigin(given, {}))).toBe('fail');
  });

  it('that runs is spoken for by the one manifest that runs, and by no other', () => {
    const runs = (platform: string | undefined, digest = OTHER_DIGEST) =>
      outcome(
        withOrigin(onPlatform(platform, digest), { kind: 'index', children }),
      );
    expect(runs('linux/amd64')).toBe('pass');
    expect(runs('linux/amd64', INDEX_DIGEST)).toBe('fail');
    expect(runs('linux/amd64,linux/arm64')).not.toBe('pass');
    expect(runs(undefined)).not.toBe('pass');
  });

  it('for one architecture says nothing where no platform is known', () => {
    const given = signed([
      vexStatement({
        products: [
          {
            name: 'x',
            digests: [DIGEST],
            repositories: [],
            architecture: 'amd64',
          },
        ],
      }),
    ]);
    const image = { ...given.image, platform: undefined };
    expect(outcome({ ...given, image })).toBe('fail');
    expect(outcome(given)).toBe('pass');
  });
});

describe('a statement that was handed in', () => {
  const handedIn = (
    trust: 'file' | 'tokenUpload' | 'oidcUpload',
    change: Parameters<typeof uploadedVex>[1] = {},
    statements?: VexStatement[],
  ) =>
    found({
      vex: [uploadedVex(vexDetail(statements), { trust, ...change })],
    });

  it.each(['file', 'tokenUpload', 'oidcUpload'] as const)(
    'by %s is shown, and counts only where the rule takes it',
    trust => {
      const given = handedIn(trust);
      expect(outcome(given)).toBe('fail');
      expect(outcome(given, { vexMinTrust: 'signed' })).toBe('fail');
      expect(outcome(given, { vexMinTrust: trust })).toBe('pass');
      // What a rule takes of scans is another question.
      expect(outcome(given, { minTrust: 'tokenUpload' })).toBe('fail');
    },
  );

  it('by somebody with a token is not taken for that of a pipeline', () => {
    expect(
      outcome(handedIn('tokenUpload'), { vexMinTrust: 'oidcUpload' }),
    ).toBe('fail');
    expect(outcome(handedIn('file'), { vexMinTrust: 'tokenUpload' })).toBe(
      'fail',
    );
  });

  it('is nobody more for the author it names', () => {
    const forged = uploadedVex(
      vexDetail(undefined, { author: 'sha256:aa', id: 'signed' }),
      { uploadedBy: 'sha256:aa' },
    );
    expect(outcome(found({ vex: [forged] }))).toBe('fail');
  });

  it('without any trust counts for nothing', () => {
    const given = found({
      vex: [uploadedVex(undefined, { trust: undefined })],
    });
    expect(outcome(given, { vexMinTrust: 'file' })).toBe('fail');
  });

  it('about another image counts for nothing, whatever it names', () => {
    const image = (repository: string, digest = DIGEST) =>
      handedIn('oidcUpload', {
        subject: { type: 'image', repository, digest },
      });
    const with_ = { vexMinTrust: 'oidcUpload' } as const;
    expect(outcome(image('registry.acme.example/shop/other'), with_)).toBe(
      'fail',
    );
    expect(outcome(image(REPOSITORY, OTHER_DIGEST), with_)).toBe('fail');
    expect(
      outcome(
        handedIn('oidcUpload', {
          subject: { type: 'content', digest: DIGEST },
        }),
        with_,
      ),
    ).toBe('fail');
  });

  it('as a file must name the digest itself', () => {
    const about = (products: VexStatement['products']) =>
      outcome(handedIn('file', {}, [vexStatement({ products })]), {
        vexMinTrust: 'file',
      });
    expect(about(undefined)).toBe('fail');
    expect(
      about([{ name: 'x', digests: [], repositories: [REPOSITORY] }]),
    ).toBe('fail');
  });

  it('that cannot be read counts for nothing', () => {
    const given = handedIn('oidcUpload', {
      status: 'invalid',
      reason: 'malformedReport',
      detail: undefined,
    });
    expect(outcome(given, { vexMinTrust: 'tokenUpload' })).toBe('fail');
  });
});

describe('of several statements about one vulnerability', () => {
  const EARLIER = '2026-11-19T10:00:00.000Z';
  const LATER = '2026-11-20T11:00:00.000Z';
  const affected = (statedAt = LATER) =>
    vexStatement({ status: 'affected', statedAt });
  const notAffected = (statedAt = LATER) => vexStatement({ statedAt });
  const both = (statements: VexStatement[]) => outcome(signed(statements));

  it('the newer one takes the place of the older one', () => {
    expect(both([affected(EARLIER), notAffected()])).toBe('pass');
    expect(both([notAffected(EARLIER), affected()])).toBe('fail');
    expect(both([affected(), notAffected(EARLIER)])).toBe('fail');
  });

  it('from one instant the worse one counts', () => {
    expect(both([affected(), notAffected()])).toBe('fail');
    expect(
      both([
        notAffected(),
        vexStatement({ status: 'underInvestigation', statedAt: LATER }),
      ]),
    ).toBe('fail');
    expect(
      both([notAffected(), vexStatement({ status: 'fixed', statedAt: LATER })]),
    ).toBe('pass');
  });

  it('a later version of the same document replaces all of an earlier one', () => {
    const documents = (first: object, second: object, by = KEY) =>
      outcome(
        found({
          provenance: provenanceOf([
            attestedVex(vexDetail([notAffected()], first)),
            attestedVex(vexDetail([], second), {
              checks: [check({ signer: by })],
            }),
          ]),
        }),
      );
    expect(documents({ version: 1 }, { version: 2 })).toBe('fail');
    expect(documents({ version: 2 }, { version: 1 })).toBe('pass');
    // Anybody may write the id of somebody else's document.
    expect(
      documents(
        { version: 1 },
        { version: 2 },
        { type: 'key', fingerprint: 'sha256:cc' },
      ),
    ).toBe('pass');
    expect(documents({ id: undefined }, { id: undefined, version: 2 })).toBe(
      'pass',
    );
  });

  it('one that is trusted less never undoes that the image is affected', () => {
    const given = found({
      provenance: provenanceOf([attestedVex(vexDetail([affected(EARLIER)]))]),
      vex: [uploadedVex(vexDetail([notAffected()]))],
    });
    expect(outcome(given, { vexMinTrust: 'tokenUpload' })).toBe('fail');
  });

  it('one that is trusted less and says later that it is affected is heard (L9)', () => {
    const given = (statedAt: string) =>
      found({
        provenance: provenanceOf([
          attestedVex(vexDetail([notAffected('2026-11-20T10:00:00.000Z')])),
        ]),
        vex: [
          uploadedVex(vexDetail([affected(statedAt)]), {
            trust: 'tokenUpload',
          }),
        ],
      });
    expect(outcome(given(LATER))).toBe('fail');
    expect(outcome(given('2026-11-20T10:00:00.000Z'))).toBe('pass');
    expect(outcome(given(EARLIER))).toBe('pass');
  });

  it('each says what came of it', () => {
    const given = found({
      provenance: provenanceOf([
        attestedVex(
          vexDetail([notAffected(), vexStatement({ statedAt: EARLIER })]),
        ),
      ]),
      vex: [
        uploadedVex(
          vexDetail([
            vexStatement({
              statedAt: '2026-11-22T00:00:00.000Z',
              impact: 'Soon.',
              action: 'None.',
              notes: 'Later.',
            }),
            vexStatement({ status: 'affected', statedAt: EARLIER }),
          ]),
          { trust: 'tokenUpload' },
        ),
      ],
    });
    const options = {
      facts: given,
      policies: [policy()],
      trustRoots: ROOTS,
      now: NOW,
    };
    const { selection, vex } = imageScans(options);
    expect(vex(selection.findings[0])).toEqual({
      isExcluded: true,
      opinions: [
        expect.objectContaining({
          trust: 'tokenUpload',
          counts: false,
          reason: 'vexNotYet',
          impact: 'Soon.',
          action: 'None.',
          notes: 'Later.',
        }),
        {
          status: 'notAffected',
          statedAt: LATER,
          justification: 'vulnerable_code_not_in_execute_path',
          document: 'https://acme.example/vex/1',
          author: 'Acme Security',
          trust: 'signed',
          by: 'sha256:aa',
          counts: true,
        },
        expect.objectContaining({ trust: 'signed', reason: 'vexSuperseded' }),
        expect.objectContaining({ status: 'affected', counts: false }),
      ],
    });
    expect(vex(selection.findings[0]).opinions[3]).not.toHaveProperty('reason');
  });

  it('those that count for nothing say why', () => {
    const reasons = (given: PolicyFacts) => {
      const { selection, vex } = imageScans({
        facts: given,
        policies: [policy()],
        trustRoots: ROOTS,
        now: NOW,
      });
      return vex(selection.findings[0]).opinions.map(({ reason }) => reason);
    };
    expect(reasons(found({ vex: [uploadedVex()] }))).toEqual(['vexNotTrusted']);
    expect(reasons(signed([affected(), notAffected()]))).toEqual(
      expect.arrayContaining([undefined, 'vexContradicted']),
    );
    expect(
      reasons(
        found({
          provenance: provenanceOf([
            attestedVex(vexDetail([notAffected()], { version: 1 })),
            attestedVex(vexDetail([affected()], { version: 2 })),
          ]),
        }),
      ),
    ).toEqual(expect.arrayContaining([undefined, 'vexSuperseded']));
    expect(reasons(found({}))).toEqual([]);
  });
});

describe('what is set aside', () => {
  const options = (
    policies = [
      policy({
        rules: [
          rule('no-fixable-vulnerability', {
            severity: 'critical',
            leewayDays: 0,
            since: 'firstFixable',
          }),
        ],
      }),
    ],
  ) => ({
    facts: signed(),
    policies,
    trustRoots: ROOTS,
    now: NOW,
  });

  it('is in no count, is counted by itself, and stays in the list', () => {
    const { summary, findings, fixableCritical, fixableCriticalOverdue } =
      vulnerabilityFigures(options());
    expect(summary).toMatchObject({
      counts: { critical: 0 },
      fixable: 0,
      notAffected: 1,
    });
    expect([fixableCritical, fixableCriticalOverdue, findings?.length]).toEqual(
      [0, 0, 1],
    );
  });

  it('is not where one of the policies counts it', () => {
    const [first] = options().policies;
    const strict = {
      ...first,
      name: 'strict',
      trust: { type: 'any' as const, of: ['other'] },
    };
    const given = options([first, strict]);
    expect(vulnerabilityFigures(given).summary).toMatchObject({
      counts: { critical: 1 },
      fixable: 1,
    });
    expect(vulnerabilityFigures(given).summary).not.toHaveProperty(
      'notAffected',
    );
    const { selection, vex } = imageScans(given);
    expect(vex(selection.findings[0])).toMatchObject({
      isExcluded: false,
      opinions: [{ counts: false, reason: 'vexNotTrusted' }],
    });
    // A policy that counts no vulnerabilities has no say; one whose expressions do has.
    const notAffectedBeside = (...rules: PolicyRule[]) =>
      vulnerabilityFigures(options([first, { ...strict, rules }])).summary
        .notAffected;
    const expression = (text: string): PolicyRule => ({
      id: 'own',
      title: 'Own',
      severity: 'high',
      expression: text,
      message: 'No.',
    });
    expect(notAffectedBeside(rule('digest-pinned', { movingTags: [] }))).toBe(
      1,
    );
    expect(notAffectedBeside(rule('scan-fresh', { maxAgeHours: 1 }))).toBe(1);
    expect(notAffectedBeside(expression('image.tag != "x"'))).toBe(1);
    expect(notAffectedBeside(expression('scan.total == 0'))).toBeUndefined();
    expect(vulnerabilityFigures(options([])).summary).toMatchObject({
      counts: { critical: 1 },
    });
  });

  it('is not exploited here either', () => {
    const run = (given: PolicyFacts) =>
      evaluateNoKnownExploited({
        facts: {
          ...given,
          knownExploited: {
            releasedAt: '2026-11-19T00:00:00Z',
            entries: [
              {
                id: 'CVE-2026-1000',
                dateAdded: '2026-11-01',
                dueDate: '2026-11-15',
                ransomware: false,
              },
            ],
          },
        },
        policy: policy(),
        trustRoots: ROOTS,
        now: NOW,
        parameters: { from: 'listing', ransomwareOnly: false, maxAgeDays: 14 },
      });
    expect(run(found({}))).toMatchObject({ outcome: 'fail' });
    expect(run(found({ vex: [uploadedVex()] }))).toMatchObject({
      outcome: 'fail',
    });
    expect(run(signed())).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining('VEX sets aside CVE-2026-1000.'),
      facts: { exploited: 0, notAffected: 1 },
    });
  });

  it('is what a scan claims that was handed in, too (L9)', () => {
    const claimed = facts({
      scans: [
        scan(
          { findings: [vulnerability({ purl: PURL })] },
          { trust: 'tokenUpload', uploadedBy: 'ci' },
        ),
      ],
    });
    expect(fixable(claimed)).toMatchObject({ outcome: 'fail' });
    const provenance = provenanceOf([attestedVex()]);
    // The claim fails no more, and there is still no scan of our own.
    expect(fixable({ ...claimed, provenance })).toMatchObject({
      outcome: 'unknown',
      reason: 'notScanned',
    });
  });
});

describe('what expressions read of it', () => {
  const read = (given: PolicyFacts, vexMinTrust?: 'tokenUpload') =>
    scanFactsOf({
      facts: given,
      policy: policy({
        rules: [
          rule('no-fixable-vulnerability', {
            severity: 'critical',
            leewayDays: 0,
            since: 'firstFixable',
            ...(vexMinTrust && { vexMinTrust }),
          }),
        ],
      }),
      trustRoots: ROOTS,
      now: NOW,
    });

  it('are the figures without what is set aside, and how much that is', () => {
    expect(read(found({})).value).toMatchObject({
      total: 1,
      critical: 1,
      notAffected: 0,
    });
    expect(read(signed()).value).toMatchObject({
      total: 0,
      critical: 0,
      fixable: { critical: 0 },
      overdue: { critical: 0 },
      notAffected: 1,
    });
  });

  it('takes what the rules of the policy take', () => {
    const given = found({ vex: [uploadedVex()] });
    expect(read(given).value).toMatchObject({ notAffected: 0 });
    expect(read(given, 'tokenUpload').value).toMatchObject({ notAffected: 1 });
  });

  it('is told one by one without what is set aside', () => {
    const list = (given: PolicyFacts) =>
      vulnerabilityFactsOf({
        facts: given,
        policy: policy(),
        trustRoots: ROOTS,
        now: NOW,
      }).value.map(({ id }) => id);
    expect(list(found({}))).toEqual(['CVE-2026-1000']);
    expect(list(signed())).toEqual([]);
  });
});

describe('where little is known', () => {
  it('nobody needs to be named who signed it', () => {
    const check0 = check({ signer: undefined });
    expect(outcome(signed(undefined, { checks: [check0] }))).toBe('pass');
  });

  it('an image without repository or digest has no VEX', () => {
    const given = signed([vexStatement({ products: undefined })]);
    for (const image of [
      { ...given.image, repository: undefined },
      { ...given.image, digest: undefined },
    ]) {
      const { vex } = imageScans({
        facts: { ...given, image },
        policies: [policy()],
        trustRoots: ROOTS,
        now: NOW,
      });
      const [finding] = imageScans({
        facts: given,
        policies: [policy()],
        trustRoots: ROOTS,
        now: NOW,
      }).selection.findings;
      expect(vex(finding)).toEqual({ isExcluded: false, opinions: [] });
    }
  });

  it('an index with one image is spoken for by it, whatever runs', () => {
    const base = signed([
      vexStatement({
        products: [{ name: 'x', digests: [OTHER_DIGEST], repositories: [] }],
      }),
    ]);
    const given = {
      ...base,
      image: { ...base.image, platform: undefined },
      origin: origin({
        kind: 'index',
        children: [{ digest: OTHER_DIGEST, platform: 'linux/amd64' }],
      }),
    };
    expect(outcome(given)).toBe('pass');
  });
});
