import * as schema from '../schema/openapi';

/** What each scanner says of a vulnerability; nothing where none does. */
export function scannersText(
  sources: readonly schema.FindingSource[] | undefined,
): string | undefined {
  return sources
    ?.map(({ scanner, severity }) => `${scanner}: ${severity}`)
    .join('; ');
}

/** Since when each scanner says it. */
export function scannedText(sources: readonly schema.FindingSource[]): string {
  return sources
    .map(({ scanner, scannedAt }) => `${scanner}: ${scannedAt}`)
    .join('; ');
}

/** Who says what in VEX, and whether it counts. */
export function vexText(opinions: readonly schema.VexOpinion[] = []): string {
  return opinions.map(opinionText).join('; ');
}

function opinionText(opinion: schema.VexOpinion): string {
  const { status, justification, trust, by, counts, reason } = opinion;
  return [
    status,
    justification && `(${justification})`,
    trust,
    by,
    counts ? 'counts' : reason,
  ]
    .filter(Boolean)
    .join(' ');
}
