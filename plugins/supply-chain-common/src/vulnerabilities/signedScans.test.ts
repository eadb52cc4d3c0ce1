import { EvidenceOf } from '../model/evidence';
import { AttestedScan, ProvenanceStatement } from '../model/provenance';
import { provenanceFor } from '../policy/provenance';
import { evaluateNoFixableVulnerability } from '../policy/rules/no-fixable-vulnerability/evaluate';
import { evaluateScanFresh } from '../policy/rules/scan-fresh/evaluate';
import { imageScans } from '../summary/imageScans';
import {
  check,
  DIGEST,
  facts,
  KEY,
  keyRoot,
  NOW,
  OTHER_DIGEST,
  policy,
  scan,
  vulnerability,
} from '../testing/exampleFacts';
import { provenanceStatement } from '../testing/exampleProvenance';

const FRESH = '2026-11-20T06:00:00.000Z';
const ROOTS = [keyRoot('release', 'a'), keyRoot('other', 'b')];
const verified = check({
  trustRoot: 'release',
  status: 'verified',
  signer: KEY,
});

const attested = (
  change: Partial<ProvenanceStatement> = {},
  detail: Partial<AttestedScan> = {},
): ProvenanceStatement =>
  provenanceStatement({
    predicateType: 'https://cosign.sigstore.dev/attestation/vuln/v1',
    content: {
      type: 'vulnerabilityScan',
      scan: {
        scanner: { name: 'Trivy' },
        scannedAt: FRESH,
        findings: [],
        ...detail,
      },
    },
    checks: [verified],
    ...change,
  });

const given = (
  statements: ProvenanceStatement[],
  change: Partial<EvidenceOf<'provenance'>> = {},
  scans: EvidenceOf<'vulnerabilities'>[] = [],
) =>
  facts({
    scans,
    provenance: {
      subject: { type: 'image', repository: 'x', digest: DIGEST },
      collector: 'sigstore',
      kind: 'provenance',
      status: 'present',
      observedAt: '2026-11-20T11:00:00Z',
      detail: { statements, trail: [] },
      ...change,
    },
  });

const context = { policy: policy(), trustRoots: ROOTS, now: NOW };
const fresh = (about: ReturnType<typeof facts>, now = NOW) =>
  evaluateScanFresh({
    ...context,
    now,
    facts: about,
    parameters: { maxAgeHours: 48 },
  });
const fixable = (about: ReturnType<typeof facts>) =>
  evaluateNoFixableVulnerability({
    ...context,
    facts: about,
    parameters: {
      severity: 'critical',
      leewayDays: 0,
      since: 'firstFixable',
    },
  }).outcome;

describe('a signed scan', () => {
  it('satisfies rules where a root of the policy accounts for it (L9)', () => {
    const about = given([attested()]);
    expect([fresh(about).outcome, fixable(about)]).toEqual(['pass', 'pass']);
  });

  it('fails the image by what it found', () => {
    const found = attested({}, { findings: [vulnerability()] });
    expect(fixable(given([found]))).toBe('fail');
    expect(fixable(given([found], {}, [scan()]))).toBe('fail');
  });

  it.each<[string, ProvenanceStatement]>([
    ['nobody signed it', attested({ signed: false, checks: [] })],
    [
      'a root the policy does not name accounts for it',
      attested({ checks: [{ ...verified, trustRoot: 'other' }] }),
    ],
    [
      'no root accounts for it',
      attested({
        checks: [
          { ...verified, status: 'untrustedSigner', reason: 'noMatchingKey' },
        ],
      }),
    ],
    ['it covers other content', attested({ covers: OTHER_DIGEST })],
    ['it covers nothing', attested({ covers: undefined })],
    [
      'its report cannot be used',
      attested({
        content: { type: 'vulnerabilityScan', problem: 'malformedReport' },
      }),
    ],
  ])('counts for nothing when %s', (_what, statement) => {
    const { content } = statement;
    if (content.type === 'vulnerabilityScan') {
      content.scan?.findings.push(vulnerability());
    }
    const about = given([statement]);
    expect(fresh(about)).toMatchObject({
      outcome: 'unknown',
      reason: 'notScanned',
    });
    expect(fixable(about)).toBe('unknown');
    expect(fixable(given([statement], {}, [scan()]))).toBe('pass');
  });

  it('counts no longer than the look at it does (L6)', () => {
    const expiresAt = '2026-11-20T18:00:00.000Z';
    const about = given([attested()], { expiresAt });
    expect(fresh(about)).toMatchObject({
      outcome: 'pass',
      nextChangeAt: expiresAt,
    });
    expect(fresh(about, new Date(expiresAt)).outcome).toBe('unknown');
  });

  it('says nothing of how the image was made', () => {
    const judged = (statements: ProvenanceStatement[]) =>
      provenanceFor({
        ...context,
        facts: given(statements),
        parameters: { allowSelfHosted: false },
      });
    expect(judged([attested()])).toEqual(judged([]));
  });

  it('stands in figures and lists with who signed', () => {
    const about = given([attested({}, { findings: [vulnerability()] })]);
    const shown = imageScans({
      facts: about,
      policies: [policy()],
      trustRoots: ROOTS,
      now: NOW,
    });
    expect(shown.selection.scans[0]).toMatchObject({
      trust: 'signed',
      uploadedBy: 'sha256:aa',
      subject: { digest: DIGEST },
    });
    expect(shown.selection.findings[0].sources).toMatchObject([
      { trust: 'signed' },
    ]);
    const distrusted = imageScans({
      facts: about,
      policies: [policy({ trust: undefined })],
      trustRoots: ROOTS,
      now: NOW,
    });
    expect(distrusted.selection.state).toBe('none');
  });

  it('that names no packages adds only what our own does not know', () => {
    const bare = {
      ...vulnerability(),
      packageName: '',
      installedVersion: '',
      fixedVersion: undefined,
      fixState: 'unknown' as const,
    };
    const { fixedVersion, ...known } = vulnerability();
    const own = scan({ findings: [{ ...known, fixState: 'wontFix' }] });
    expect(
      fixable(given([attested({}, { findings: [bare] })], {}, [own])),
    ).toBe('pass');
    expect(
      fixable(
        given(
          [attested({}, { findings: [{ ...bare, id: 'CVE-2026-2' }] })],
          {},
          [own],
        ),
      ),
    ).toBe('unknown');
  });
});
