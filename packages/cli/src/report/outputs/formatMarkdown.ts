import {
  escapeHostileText,
  Outcome,
  reasonDefinition,
} from 'backstage-plugin-supply-chain-common';
import { ReportedFinding, VerifyReport, VerifyResult } from '../verifyReport';
import { OUTCOME_WORDS, summaryOf } from './summaryOf';

const SIGNS: Record<Outcome, string> = {
  pass: '✅',
  fail: '❌',
  warn: '⚠️',
  unknown: '❔',
  waived: '📝',
  notApplicable: '➖',
};

/** Markdown as GitHub writes it (GFM), for summaries of pipelines and comments. */
export function formatMarkdown(report: VerifyReport): string {
  return `${[
    `## Supply chain: ${escapeMarkdown(summaryOf(report))}`,
    ...report.results.map(formatResult),
    `Judged as of ${escapeMarkdown(report.evaluatedAt)}${
      report.clock === 'injected' ? ' (this time was given)' : ''
    }.`,
  ].join('\n\n')}\n`;
}

function formatResult(result: VerifyResult): string {
  const { outcome, image, findings } = result;
  return [
    `### ${SIGNS[outcome]} ${OUTCOME_WORDS[outcome]} ${escapeMarkdown(image)}`,
    factsOf(result),
    ...(findings.length > 0 ? [tableOf(findings)] : []),
  ].join('\n\n');
}

function factsOf(result: VerifyResult): string {
  const { deploy, subject, signature, provenance, vulnerabilities } = result;
  const { reason, contextMissing } = result;
  const facts: [string, string | undefined][] = [
    ['Deploy', deploy ?? subject.digest ?? 'nothing: no digest is known'],
    ['Signature', withReason(signature.status, signature.reason)],
    [
      'Provenance',
      provenance &&
        `${provenance.status}, SLSA Build level ${provenance.level}`,
    ],
    ['Scan', vulnerabilities && scanOf(vulnerabilities)],
    [
      'Why',
      reason && outcomeNeedsReason(result)
        ? `${reasonDefinition(reason).meaning} (${reason})`
        : undefined,
    ],
    ['Not known here and taken as matching', contextMissing.join(', ')],
  ];
  return facts
    .flatMap(([name, value]) =>
      value ? [`- ${name}: ${escapeMarkdown(value)}`] : [],
    )
    .join('\n');
}

function outcomeNeedsReason({ outcome, findings }: VerifyResult): boolean {
  return outcome !== 'pass' && findings.length === 0;
}

function withReason(status: string, reason: string | undefined): string {
  return reason ? `${status} (${reason})` : status;
}

function scanOf({
  status,
  reason,
  counts,
  fixable,
  notAffected,
}: NonNullable<VerifyResult['vulnerabilities']>): string {
  const found = Object.entries(counts ?? {})
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  return [
    withReason(status, reason),
    ...(counts
      ? [found.join(', ') || 'none found', `${fixable ?? 0} with a fix`]
      : []),
    ...(notAffected ? [`${notAffected} set aside by VEX`] : []),
  ].join(', ');
}

function tableOf(findings: ReportedFinding[]): string {
  return [
    '| | Rule | Policy | Severity | What was found |',
    '| --- | --- | --- | --- | --- |',
    ...findings.map(finding => {
      const { outcome, title, policy, severity } = finding;
      const cells = [title, policy, severity, foundText(finding)];
      return `| ${SIGNS[outcome]} ${OUTCOME_WORDS[outcome]} | ${cells
        .map(escapeMarkdown)
        .join(' | ')} |`;
    }),
  ].join('\n');
}

function foundText({ message, waiver, effectiveOn }: ReportedFinding): string {
  return [
    message,
    ...(waiver
      ? [`Waived by ${waiver.name} until ${waiver.expires}: ${waiver.reason}`]
      : []),
    ...(effectiveOn ? [`From ${effectiveOn} on it fails.`] : []),
  ].join(' ');
}

// All of ASCII punctuation that Markdown or an extension of it gives a meaning to, wherever it stands.
const MARKDOWN = /[!"#$%&'()*+./:;<=>?@[\\\]^_`{|}~-]/g;

/**
 * Text from outside that renders as itself (L32): as character references, which Markdown decodes only after it has
 * looked for structure. `@` and `#` stand in an element of their own, so that no forge makes a mention or a link of
 * them and what follows. https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
export function escapeMarkdown(text: string): string {
  return escapeHostileText(text).replace(MARKDOWN, character => {
    const reference = `&#${character.charCodeAt(0)};`;
    return character === '@' || character === '#'
      ? `<span>${reference}</span>`
      : reference;
  });
}
