import { createHash } from 'node:crypto';
import {
  escapeHostileText,
  Outcome,
  reasonDefinition,
  RuleSeverity,
} from 'backstage-plugin-supply-chain-common';
import {
  ReportedFinding,
  VerifyReport,
  VerifyResult,
} from '../../verifyReport';
import { formatJson } from '../formatJson';
import { escapeSarifText } from './escapeSarifText';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** In the ranges of GitHub: critical from 9.0, high from 7.0, medium from 4.0. */
const SECURITY_SEVERITY: Record<RuleSeverity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
};

/** Code scanning makes an alert of every result, so what is well or does not apply is none. */
type ShownOutcome = Extract<Outcome, 'fail' | 'unknown' | 'warn' | 'waived'>;

/**
 * SARIF 2.1.0: a run for each image. What cannot be told is of kind `open`: looked at, and not decided.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif(report: VerifyReport): string {
  const ids = runIdsOf(report.results);
  return formatJson({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: report.results.map((result, index) =>
      runOf(result, { report, id: ids[index] }),
    ),
  });
}

/** The repository, so that alerts of an older tag are closed by a newer one; with the reference where several are of one. */
function runIdsOf(results: VerifyResult[]): string[] {
  const repositories = results.map(({ subject }) => subject.repository);
  return results.map(({ subject, image }) => {
    const isAlone =
      repositories.filter(each => each === subject.repository).length === 1;
    return `supply-chain/${isAlone ? subject.repository : image}/`;
  });
}

function runOf(
  result: VerifyResult,
  { report, id }: { report: VerifyReport; id: string },
) {
  const { image, outcome, findings, deploy, reason } = result;
  const shown = findings.length > 0 ? findings : [notCovered(result)];
  const rules = [
    ...new Map(shown.map(each => [ruleIdOf(each), each])).values(),
  ];
  return {
    tool: {
      driver: {
        name: report.tool.name,
        version: report.tool.version,
        rules: rules.map(descriptorOf),
      },
    },
    automationDetails: { id: escapeSarifText(id) },
    invocations: [
      { executionSuccessful: true, endTimeUtc: report.evaluatedAt },
    ],
    columnKind: 'utf16CodeUnits',
    results: shown.flatMap(finding =>
      isShown(finding.outcome)
        ? [
            resultOf(finding, {
              result,
              index: rules.findIndex(
                each => ruleIdOf(each) === ruleIdOf(finding),
              ),
            }),
          ]
        : [],
    ),
    properties: {
      image,
      outcome,
      ...(reason && { reason }),
      ...(deploy && { deploy }),
    },
  };
}

/** An image nothing is said of is not well: it is not decided. */
function notCovered({ reason }: VerifyResult): ReportedFinding {
  return {
    ruleId: 'covered-by-policy',
    title: 'A policy covers the image',
    policy: 'none',
    severity: 'high',
    outcome: 'unknown',
    ...(reason && { reason }),
    message: reason ? reasonDefinition(reason).meaning : 'Nothing is known.',
  };
}

function isShown(outcome: Outcome): outcome is ShownOutcome {
  return ['fail', 'unknown', 'warn', 'waived'].includes(outcome);
}

function ruleIdOf({ policy, ruleId }: ReportedFinding): string {
  return `${policy}/${ruleId}`;
}

function descriptorOf(finding: ReportedFinding) {
  const { title, severity } = finding;
  return {
    id: ruleIdOf(finding),
    shortDescription: { text: escapeSarifText(title) },
    defaultConfiguration: { level: 'error' },
    properties: {
      'security-severity': SECURITY_SEVERITY[severity],
      tags: ['security', 'supply-chain'],
    },
  };
}

function resultOf(
  finding: ReportedFinding,
  { result, index }: { result: VerifyResult; index: number },
) {
  const { outcome, reason, message, waiver } = finding;
  const advice = reason ? ` ${reasonDefinition(reason).advice}` : '';
  const fingerprint = fingerprintOf(finding, result);
  return {
    ruleId: ruleIdOf(finding),
    ruleIndex: index,
    // 3.27.10: only a failure has a level.
    kind: outcome === 'unknown' ? 'open' : 'fail',
    level: levelOf(outcome),
    message: { text: escapeSarifText(`${message}${advice}`) },
    locations: [locationOf(result)],
    partialFingerprints: {
      'supplyChainFinding/v1': fingerprint,
      // The only one GitHub reads.
      primaryLocationLineHash: `${fingerprint}:1`,
    },
    ...(waiver && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: escapeSarifText(
            `${waiver.name} until ${waiver.expires}: ${waiver.reason}`,
          ),
        },
      ],
    }),
    properties: { outcome, ...(reason && { reason }) },
  };
}

function levelOf(outcome: Outcome): 'error' | 'warning' | 'none' {
  switch (outcome) {
    case 'unknown':
      return 'none';
    case 'warn':
      return 'warning';
    default:
      return 'error';
  }
}

/** The same finding of the next build is the same alert: neither tag nor digest counts. */
function fingerprintOf(
  { policy, ruleId, reason }: ReportedFinding,
  { subject }: VerifyResult,
): string {
  return createHash('sha256')
    .update(JSON.stringify([subject.repository, policy, ruleId, reason]))
    .digest('hex');
}

/** An image is no file; consumers want one, so it is its name as a relative address. */
function locationOf({ image, subject }: VerifyResult) {
  const { repository, digest } = subject;
  const uri = escapeHostileText(repository)
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: { startLine: 1 },
    },
    logicalLocations: [
      {
        name: escapeSarifText(image),
        fullyQualifiedName: digest ? `${repository}@${digest}` : repository,
        kind: 'resource',
      },
    ],
  };
}
