import {
  DIGEST,
  policy,
  REPOSITORY,
  rule,
  scan,
} from '../testing/exampleFacts';
import { ALL, judge, UNSIGNED, unsigned } from '../testing/exampleJudged';
import { nextStepsOf } from './nextStepsOf';

describe('the next steps', () => {
  it('are at most three, grouped by what fixes them, with who acts', () => {
    const owners = {
      serviceOwner: 'group:default/team-checkout',
      platformTeam: 'group:default/team-platform',
    };
    const steps = nextStepsOf(ALL, owners);
    expect(
      steps.map(({ remediation, owner, findings }) => [
        remediation.action,
        owner,
        findings,
      ]),
    ).toEqual([
      ['signImage', owners.serviceOwner, 1],
      ['upgradePackages', owners.serviceOwner, 1],
      ['pinDigest', owners.serviceOwner, 1],
    ]);
    expect(steps[0].remediation.command).toEqual([
      'cosign',
      'sign',
      unsigned.key,
    ]);
  });

  it('join images with one fix, and then show no command', () => {
    const second = judge({
      image: {
        imageRef: `${REPOSITORY}/b@${DIGEST}`,
        repository: `${REPOSITORY}/b`,
      },
      facts: { signatures: UNSIGNED },
    });
    const [step] = nextStepsOf([unsigned, second]);
    expect(step).toMatchObject({
      outcome: 'fail',
      reason: 'noSignature',
      findings: 2,
      images: [{}, {}],
      remediation: { parameters: { images: '2' } },
    });
    expect(step.remediation).not.toHaveProperty('command');
    expect(step).not.toHaveProperty('owner');
  });

  it('put what resolves more first, then by name', () => {
    const scans = [scan({ scannedAt: '2026-11-01T00:00:00Z' })];
    const pinned = judge({
      image: { imageRef: `${REPOSITORY}:1` },
      facts: { scans },
    });
    expect(
      nextStepsOf([pinned]).map(({ remediation }) => remediation.action),
    ).toEqual(['rescanImage', 'pinDigest']);
    const tie = policy({
      rules: [
        rule('digest-pinned', { movingTags: [] }),
        rule('scan-fresh', { maxAgeHours: 24 }),
      ],
    });
    const equal = judge({
      image: { imageRef: `${REPOSITORY}:1` },
      facts: { scans },
      policies: [tie],
    });
    expect(
      nextStepsOf([equal]).map(({ remediation }) => remediation.action),
    ).toEqual(['pinDigest', 'rescanImage']);
  });

  it('link what is known of an image', () => {
    const image = {
      imageRef: `${REPOSITORY}/x:1`,
      repository: `${REPOSITORY}/x`,
      digest: undefined,
      digestSource: 'none' as const,
    };
    expect(nextStepsOf([judge({ image })])[0].images).toEqual([
      { imageRef: image.imageRef, repository: image.repository },
    ]);
    const unreadable = {
      imageRef: '::',
      repository: undefined,
      digest: undefined,
    };
    expect(nextStepsOf([judge({ image: unreadable })])[0].images).toEqual([
      { imageRef: '::' },
    ]);
    const [verdict] = unsigned.verdicts;
    const plain = {
      ...verdict,
      findings: verdict.findings.map(each => ({ ...each, reason: undefined })),
    };
    expect(
      nextStepsOf([{ ...unsigned, verdicts: [plain] }])[0],
    ).not.toHaveProperty('reason');
  });
});
