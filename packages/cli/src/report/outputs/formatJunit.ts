import {
  escapeHostileText,
  reasonDefinition,
} from 'backstage-plugin-supply-chain-common';
import { quoteCommand } from '../quoteCommand';
import { ReportedFinding, VerifyReport, VerifyResult } from '../verifyReport';

type Suite = { policy: string; result: VerifyResult; cases: ReportedFinding[] };

/**
 * JUnit XML: a suite for each image and policy, a case for each rule. "Cannot tell" is an error, what is waived or does
 * not apply is skipped. https://github.com/testmoapp/junitxml
 */
export function formatJunit(report: VerifyReport): string {
  const suites = report.results.flatMap(suitesOf);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({
      name: 'supply-chain',
      ...countsOf(suites.flatMap(({ cases }) => cases)),
    })}>`,
    ...suites.flatMap(suite => formatSuite(suite, report.evaluatedAt)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suitesOf(result: VerifyResult): Suite[] {
  const policies = [...new Set(result.findings.map(({ policy }) => policy))];
  const suites = policies.map(policy => ({
    policy,
    result,
    cases: result.findings.filter(each => each.policy === policy),
  }));
  return suites.length > 0
    ? suites
    : [{ policy: 'none', result, cases: [nothingSaid(result)] }];
}

/** An image that no rule says anything of is no success: there is nothing else that could show it. */
function nothingSaid({ reason }: VerifyResult): ReportedFinding {
  return {
    ruleId: 'policy',
    title: 'A policy covers the image',
    policy: 'none',
    severity: 'high',
    outcome: 'unknown',
    ...(reason && { reason }),
    message: reason ? reasonDefinition(reason).meaning : 'Nothing is known.',
  };
}

function formatSuite(
  { policy, result, cases }: Suite,
  evaluatedAt: string,
): string[] {
  const name = `${result.image} ${policy}`;
  return [
    `  <testsuite ${attributes({
      name,
      ...countsOf(cases),
      timestamp: evaluatedAt,
    })}>`,
    ...cases.flatMap(finding => formatCase(finding, result.image)),
    '  </testsuite>',
  ];
}

function formatCase(finding: ReportedFinding, image: string): string[] {
  const { ruleId, title, policy } = finding;
  const open = `    <testcase ${attributes({
    name: `${ruleId}: ${title}`,
    classname: `${policy}.${image}`,
    time: '0',
  })}`;
  const said = formatOutcome(finding);
  return said
    ? [`${open}>`, `      ${said}`, '    </testcase>']
    : [`${open}/>`];
}

function formatOutcome(finding: ReportedFinding): string | undefined {
  const { outcome, reason = outcome, message } = finding;
  const about = attributes({ type: reason, message });
  switch (outcome) {
    case 'fail':
      return `<failure ${about}>${escapeXml(adviceOn(finding))}</failure>`;
    case 'unknown':
      return `<error ${about}>${escapeXml(adviceOn(finding))}</error>`;
    case 'waived':
    case 'notApplicable':
      return `<skipped ${attributes({ message: skippedBecause(finding) })}/>`;
    case 'warn':
      return `<system-out>${escapeXml(`warning: ${message}`)}</system-out>`;
    default:
      return undefined;
  }
}

function adviceOn({ message, reason, remediation }: ReportedFinding): string {
  const advice = reason ? [reasonDefinition(reason).advice] : [];
  const command = remediation?.command && quoteCommand(remediation.command);
  return [message, ...advice, ...(command ? [command] : [])].join(' – ');
}

function skippedBecause({ waiver, message }: ReportedFinding): string {
  return waiver
    ? `waived by ${waiver.name} until ${waiver.expires}: ${waiver.reason} – ${message}`
    : message;
}

function countsOf(cases: ReportedFinding[]): Record<string, string> {
  const count = (...outcomes: ReportedFinding['outcome'][]) =>
    String(cases.filter(({ outcome }) => outcomes.includes(outcome)).length);
  return {
    tests: String(cases.length),
    failures: count('fail'),
    errors: count('unknown'),
    skipped: count('waived', 'notApplicable'),
  };
}

function attributes(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(value)}"`)
    .join(' ');
}

const XML_ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '#': '&#35;',
};

/** What XML 1.0 gives a meaning to or does not allow (L32). https://www.w3.org/TR/xml/#charsets */
function escapeXml(text: string): string {
  return escapeHostileText(text)
    .replace(
      /[\ufffe\uffff]/g,
      character => `\\u{${character.charCodeAt(0).toString(16)}}`,
    )
    .replace(/[&<>"'#]/g, character => XML_ENTITIES[character]);
}
