import { BuildClaims } from '../../model/provenance';
import { CertificateFacts } from './certificateFacts';

type Comparison = {
  what: string;
  certificate: string | undefined;
  provenance: string | undefined;
};

/**
 * The first thing the certificate and the body of the provenance say differently, as a sentence; `undefined` when
 * they agree. What only one of them says contradicts nothing.
 */
export function contradictionOf(
  claims: BuildClaims,
  certificate: CertificateFacts,
): string | undefined {
  const found = comparisons(claims, certificate).find(
    ({ certificate: proven, provenance }) =>
      proven !== undefined && provenance !== undefined && proven !== provenance,
  );
  return (
    found &&
    `${found.what}: the certificate says "${found.certificate}", the provenance "${found.provenance}"`
  );
}

function comparisons(
  claims: BuildClaims,
  certificate: CertificateFacts,
): Comparison[] {
  const { source } = claims;
  const compare = (
    what: string,
    proven: string | undefined,
    provenance: string | undefined,
  ): Comparison => ({ what, certificate: proven, provenance });
  return [
    compare(
      'source repository',
      certificate.repository ?? certificate.sourceUri,
      source && (source.repository ?? source.uri),
    ),
    compare('commit', lowerCase(certificate.commit), source?.commit),
    // A short name such as "main" is no other ref than the full one.
    compare('ref', certificate.ref, fullRef(source?.ref)),
    compare('repository id', certificate.repositoryId, claims.repositoryId),
    compare('owner id', certificate.ownerId, claims.ownerId),
    compare('workflow', certificate.workflow, workflowPath(claims.workflow)),
    compare('trigger', certificate.trigger, claims.trigger),
    compare('run', certificate.run, runAddress(claims.invocationId)),
  ];
}

function lowerCase(text: string | undefined): string | undefined {
  return text?.toLocaleLowerCase('en-US');
}

function fullRef(ref: string | undefined): string | undefined {
  return ref?.startsWith('refs/') ? ref : undefined;
}

/** Other builders keep a Dockerfile or a job there. */
function workflowPath(workflow: string | undefined): string | undefined {
  return workflow?.startsWith('.github/workflows/') ? workflow : undefined;
}

/** Older predicates have a number. */
function runAddress(invocationId: string | undefined): string | undefined {
  return invocationId?.startsWith('https://') ? invocationId : undefined;
}
