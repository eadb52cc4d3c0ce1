import {
  escapeHostileText,
  countOutcomes,
  Finding,
  Outcome,
  OUTCOMES_WORST_FIRST,
  reasonDefinition,
} from 'backstage-plugin-supply-chain-common';
import type { JudgedImage } from '../verify/judgeImages';
import { quoteCommand } from './quoteCommand';
import { Style } from './style';
import { ReportedSignatures, VerifyReport, VerifyResult } from './verifyReport';

const WORDS: Record<Outcome, string> = {
  pass: 'PASS',
  fail: 'FAIL',
  warn: 'WARN',
  unknown: 'UNKNOWN',
  waived: 'WAIVED',
  notApplicable: 'NOT COVERED',
};

const DIGEST_SOURCES: Record<VerifyResult['digestSource'], string> = {
  imageID: 'reported by the node',
  specDigest: 'from the reference',
  tagResolvedNow: 'the tag names it now',
  none: 'not known',
};

const LABEL_WIDTH = 12;

type Line = { label: string; text: string };

/** The report for people. Every text from outside is escaped here (L32). */
export function formatReport(options: {
  report: VerifyReport;
  /** In the order of the results. */
  images: JudgedImage[];
  style: Style;
}): string {
  const { report, images, style } = options;
  const blocks = report.results.map((result, index) =>
    formatResult(result, { image: images[index], style }),
  );
  return `${[...blocks, formatSummary(report)].join('\n\n')}\n`;
}

function formatResult(
  result: VerifyResult,
  { image, style }: { image: JudgedImage; style: Style },
): string {
  const word = style.outcome(result.outcome, WORDS[result.outcome]);
  const lines: Line[] = [
    digestLine(result),
    ...(result.platform ? [{ label: 'platform', text: result.platform }] : []),
    ...signatureLines(result.signature),
    ...provenanceLines(result.provenance),
    ...findingLines(image),
    ...notCoveredLines(result),
    ...contextLines(result),
  ];
  return [
    `${word}  ${escapeHostileText(result.image)}`,
    ...lines.map(
      ({ label, text }) =>
        `  ${style.faint(label.padEnd(LABEL_WIDTH))}${escapeHostileText(text)}`,
    ),
  ].join('\n');
}

function digestLine({ subject, digestSource }: VerifyResult): Line {
  const source = DIGEST_SOURCES[digestSource];
  return {
    label: 'digest',
    text: subject.digest ? `${subject.digest} (${source})` : source,
  };
}

function signatureLines(signature: ReportedSignatures): Line[] {
  const { status, reason, signatures, trail } = signature;
  const verified = signatures.filter(each => each.status === 'verified');
  // A signature that verifies says who signed; without one, each says what is wrong with it.
  const shown = verified.length > 0 ? verified : signatures;
  return [
    { label: 'signature', text: `${status}${reason ? ` (${reason})` : ''}` },
    ...shown.map(each => ({ label: '', text: describeSignature(each) })),
    ...(trail.length > 0
      ? [{ label: 'looked at', text: trail.map(describeLook).join(', ') }]
      : []),
  ];
}

function describeSignature(
  signature: ReportedSignatures['signatures'][number],
): string {
  const { status, reason, signer, trustRoot, signedAt, foundIn, relation } =
    signature;
  const parts = [
    `in ${foundIn}`,
    ...(relation === 'viaIndex' ? ['on the index that lists it'] : []),
    ...(signedAt ? [`signed ${signedAt}`] : []),
  ];
  return `${trustRoot}: ${reason ?? status}${
    signer ? `, ${signer}` : ''
  } (${parts.join(', ')})`;
}

function describeLook(look: ReportedSignatures['trail'][number]): string {
  const { place, found, complete, reason } = look;
  return `${place} ${found}${
    complete ? '' : ` (not to its end: ${reason ?? 'not known why'})`
  }`;
}

function provenanceLines(provenance: VerifyResult['provenance']): Line[] {
  if (!provenance) {
    return [];
  }
  const { status, level, reasons, source, expectedSource } = provenance;
  const { builder, workflow, ref, commit } = provenance;
  const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  const details: [string, string | undefined][] = [
    ['built from', source && [source, ref, commit].filter(Boolean).join(' ')],
    ['expected', expectedSource === source ? undefined : expectedSource],
    ['builder', builder],
    ['workflow', workflow],
  ];
  return [
    { label: 'provenance', text: `${status}, SLSA Build level ${level}${why}` },
    ...details.flatMap(([name, value]) =>
      value ? [{ label: '', text: `${name} ${value}` }] : [],
    ),
  ];
}

function findingLines({ evaluation }: JudgedImage): Line[] {
  return evaluation.verdicts
    .flatMap(({ findings }) => findings)
    .flatMap(finding => [
      {
        label: WORDS[finding.outcome].toLocaleLowerCase('en-US'),
        text: `${finding.ruleId} (policy ${finding.policy}, ${finding.severity}): ${finding.message}`,
      },
      ...adviceLines(finding),
    ]);
}

function adviceLines({ outcome, reason, remediation }: Finding): Line[] {
  if (outcome === 'pass' || outcome === 'notApplicable' || !reason) {
    return [];
  }
  const { meaning, advice } = reasonDefinition(reason);
  const command = remediation?.command && quoteCommand(remediation.command);
  return [
    { label: '', text: `${meaning} ${advice}` },
    ...(command ? [{ label: 'next', text: command }] : []),
  ];
}

function notCoveredLines({ outcome, reason }: VerifyResult): Line[] {
  const isExplained = outcome === 'notApplicable' || reason === 'noPolicy';
  return isExplained && reason
    ? [
        {
          label: 'note',
          text: `${reasonDefinition(reason).meaning} (${reason})`,
        },
      ]
    : [];
}

function contextLines({ contextMissing }: VerifyResult): Line[] {
  return contextMissing.length > 0
    ? [
        {
          label: 'note',
          text: `not known here and taken as matching: ${contextMissing.join(
            ', ',
          )}`,
        },
      ]
    : [];
}

function formatSummary({ results }: VerifyReport): string {
  const counts = countOutcomes(results.map(({ outcome }) => outcome));
  const parts = OUTCOMES_WORST_FIRST.filter(outcome => counts[outcome] > 0).map(
    outcome =>
      `${counts[outcome]} ${WORDS[outcome].toLocaleLowerCase('en-US')}`,
  );
  const noun = results.length === 1 ? 'image' : 'images';
  return `${results.length} ${noun}: ${parts.join(', ')}`;
}
