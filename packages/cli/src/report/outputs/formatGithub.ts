import { reasonDefinition } from 'backstage-plugin-supply-chain-common';
import { ReportedFinding, VerifyReport, VerifyResult } from '../verifyReport';
import { escapeLogText } from './escapeLogText';

/** A job shows few annotations of each kind; the rest stands in the other outputs. */
const MAX_ANNOTATIONS = 50;

type Annotation = {
  level: 'error' | 'warning' | 'notice';
  title: string;
  text: string;
};

/**
 * Workflow commands of GitHub Actions: what fails or cannot be told as errors, what will fail as warnings.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function formatGithub(report: VerifyReport): string {
  const annotations = report.results.flatMap(annotationsOf);
  const lines = annotations.slice(0, MAX_ANNOTATIONS).map(formatAnnotation);
  const more = annotations.length - lines.length;
  return [
    ...lines,
    ...(more > 0 ? [`::notice::${more} more findings are not shown here`] : []),
  ]
    .map(line => `${line}\n`)
    .join('');
}

function annotationsOf(result: VerifyResult): Annotation[] {
  const { findings, reason } = result;
  if (findings.length === 0) {
    return [
      {
        level: 'error',
        title: `${result.image}: cannot tell`,
        text: reason
          ? `${reasonDefinition(reason).meaning} (${reason})`
          : 'Nothing is known.',
      },
    ];
  }
  return findings.flatMap(finding => annotationOf(finding, result));
}

function annotationOf(
  finding: ReportedFinding,
  { image }: VerifyResult,
): Annotation[] {
  const { outcome, title, policy, message, reason, waiver } = finding;
  const about = { title: `${image}: ${title} (policy ${policy})` };
  const advice = reason ? ` ${reasonDefinition(reason).advice}` : '';
  const text = `${message}${advice}`;
  switch (outcome) {
    case 'fail':
      return [{ ...about, level: 'error', text }];
    case 'unknown':
      // It ends the command with a failure as well.
      return [{ ...about, level: 'error', text: `Cannot tell: ${text}` }];
    case 'warn':
      return [{ ...about, level: 'warning', text }];
    case 'waived':
      return [
        {
          ...about,
          level: 'notice',
          text: `Waived until ${waiver?.expires}: ${message}`,
        },
      ];
    default:
      return [];
  }
}

function formatAnnotation({ level, title, text }: Annotation): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(text)}`;
}

/** What the runner decodes in the message of a command; line breaks are written out before (L32). */
function escapeData(text: string): string {
  return escapeLogText(text).replace(/%/g, '%25');
}

/** The same for a property, which ends at a comma or colon. */
function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
