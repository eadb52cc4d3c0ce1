import { EvidenceOf } from '../model/evidence';
import { ProvenanceStatement } from '../model/provenance';
import { VexDetail, VexStatement } from '../model/vex';
import { check, DIGEST, KEY, REPOSITORY } from './exampleFacts';
import { provenanceStatement } from './exampleProvenance';

// VEX for tests of policy and summaries; nothing outside tests imports this file.

export function vexStatement(
  overrides: Partial<VexStatement> = {},
): VexStatement {
  return {
    names: ['CVE-2026-1000'],
    products: [{ name: 'web', digests: [DIGEST], repositories: [] }],
    status: 'notAffected',
    justification: 'vulnerable_code_not_in_execute_path',
    statedAt: '2026-11-20T10:00:00.000Z',
    ...overrides,
  };
}

export function vexDetail(
  statements: VexStatement[] = [vexStatement()],
  overrides: Partial<VexDetail> = {},
): VexDetail {
  return {
    id: 'https://acme.example/vex/1',
    author: 'Acme Security',
    version: 1,
    statements,
    ignored: [],
    ...overrides,
  };
}

/** A document as a pipeline hands it in. */
export function uploadedVex(
  detail: VexDetail = vexDetail(),
  overrides: Partial<EvidenceOf<'vex'>> = {},
): EvidenceOf<'vex'> {
  return {
    subject: { type: 'image', repository: REPOSITORY, digest: DIGEST },
    collector: 'upload',
    kind: 'vex',
    status: 'present',
    observedAt: '2026-11-20T11:00:00.000Z',
    trust: 'oidcUpload',
    uploadedBy: 'ci',
    scope: { entityRef: 'component:default/web' },
    detail,
    ...overrides,
  };
}

/** A document as it is attested to the image. */
export function attestedVex(
  document: VexDetail = vexDetail(),
  overrides: Partial<ProvenanceStatement> = {},
): ProvenanceStatement {
  return provenanceStatement({
    predicateType: 'https://openvex.dev/ns/v0.2.0',
    content: { type: 'vex', document },
    checks: [check({ trustRoot: 'release', signer: KEY })],
    ...overrides,
  });
}

/** What was found in the registry. */
export function provenanceOf(
  statements: ProvenanceStatement[],
  overrides: Partial<EvidenceOf<'provenance'>> = {},
): EvidenceOf<'provenance'> {
  return {
    subject: { type: 'image', repository: REPOSITORY, digest: DIGEST },
    collector: 'sigstore',
    kind: 'provenance',
    status: 'present',
    observedAt: '2026-11-20T11:00:00Z',
    detail: { statements, trail: [] },
    ...overrides,
  };
}
