import { reasonDefinition } from 'backstage-plugin-supply-chain-common';
import { quoteCommand } from '../quoteCommand';
import { Style } from '../style';
import {
  ReportedFinding,
  ReportedSignatures,
  VerifyReport,
  VerifyResult,
} from '../verifyReport';
import { escapeLogText } from './escapeLogText';
import { OUTCOME_WORDS, summaryOf } from './summaryOf';

const DIGEST_SOURCES: Record<VerifyResult['digestSource'], string> = {
  imageID: 'reported by the node',
  specDigest: 'from the reference',
  tagResolvedNow: 'the tag names it now',
  none: 'not known',
};

type Look = ReportedSignatures['trail'][number];

const SCHEMES: Record<Look['scheme'], string> = {
  cosign: 'Cosign',
  contentTrust: 'Docker Content Trust',
  notation: 'Notation',
};

const LABEL_WIDTH = 12;

type Line = { label: string; text: string };

/** The report for people. Every text from outside is escaped here (L32). */
export function formatText(report: VerifyReport, style: Style): string {
  const blocks = report.results.map(result => formatResult(result, style));
  return `${[...blocks, summaryOf(report)].join('\n\n')}\n`;
}

function formatResult(result: VerifyResult, style: Style): string {
  const word = style.outcome(result.outcome, OUTCOME_WORDS[result.outcome]);
  const lines: Line[] = [
    digestLine(result),
    ...(result.platform ? [{ label: 'platform', text: result.platform }] : []),
    ...(result.deploy ? [{ label: 'deploy', text: result.deploy }] : []),
    ...signatureLines(result.signature),
    ...provenanceLines(result.provenance),
    ...vulnerabilityLines(result.vulnerabilities),
    ...result.findings.flatMap(findingLines),
    ...notCoveredLines(result),
    ...contextLines(result),
  ];
  return [
    `${word}  ${escapeLogText(result.image)}`,
    ...lines.map(
      ({ label, text }) =>
        `  ${style.faint(label.padEnd(LABEL_WIDTH))}${escapeLogText(text)}`,
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
    ...trailLines(trail),
  ];
}

/** A line for each signing system: several look in places of one name. */
function trailLines(trail: Look[]): Line[] {
  const schemes = [...new Set(trail.map(({ scheme }) => scheme))];
  return schemes.map((scheme, index) => {
    const looks = trail.filter(each => each.scheme === scheme);
    return {
      label: index === 0 ? 'looked at' : '',
      text: `${SCHEMES[scheme]}: ${looks.map(describeLook).join(', ')}`,
    };
  });
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

function describeLook(look: Look): string {
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

function vulnerabilityLines(
  vulnerabilities: VerifyResult['vulnerabilities'],
): Line[] {
  if (!vulnerabilities) {
    return [];
  }
  const { status, reason, counts, fixable, notAffected, scannedAt, scanner } =
    vulnerabilities;
  const numbers = Object.entries(counts ?? {})
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  const found = counts
    ? [numbers.join(', ') || 'none found', `${fixable ?? 0} with a fix`]
    : [];
  const parts = [
    `${status}${reason ? ` (${reason})` : ''}`,
    ...found,
    ...(notAffected ? [`${notAffected} set aside by VEX`] : []),
    ...(scannedAt ? [`scanned ${scannedAt}`] : []),
    ...(scanner ? [`by ${scanner}`] : []),
  ];
  return [{ label: 'scan', text: parts.join(', ') }];
}

function findingLines(finding: ReportedFinding): Line[] {
  const { ruleId, policy, severity, outcome, message } = finding;
  return [
    {
      label: OUTCOME_WORDS[outcome].toLocaleLowerCase('en-US'),
      text: `${ruleId} (policy ${policy}, ${severity}): ${message}`,
    },
    ...waiverLines(finding),
    ...adviceLines(finding),
  ];
}

function waiverLines({ waiver }: ReportedFinding): Line[] {
  if (!waiver) {
    return [];
  }
  const { name, reason, ticket, approvedBy, expires } = waiver;
  return [
    {
      label: '',
      text: `waiver ${name}${
        ticket ? ` (${ticket})` : ''
      } until ${expires}, approved by ${approvedBy}: ${reason}`,
    },
  ];
}

function adviceLines({
  outcome,
  reason,
  remediation,
}: ReportedFinding): Line[] {
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
