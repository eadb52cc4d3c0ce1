import {
  ContainerExpectation,
  SandboxContainer,
  SandboxImage,
  SandboxWorkload,
  SignatureExpectation,
  SignaturePlan,
  SigstorePlan,
} from '../serviceTypes';

export const KEYED: SigstorePlan = { form: 'bundle', by: 'releaseKey' };
export const KEYLESS: SigstorePlan = { form: 'bundle', by: 'releaseWorkflow' };
export const PROVENANCE: SigstorePlan = {
  ...KEYLESS,
  statement: 'provenance',
};
export const VEX: SigstorePlan = { ...KEYED, statement: 'vex' };
const VERIFIED: SignatureExpectation = {
  status: 'verified',
  relation: 'exact',
};

/** Every way not to be verified. */
type Flaw = Exclude<SignatureExpectation, { status: 'verified' }>;
export const UNSIGNED: Flaw = {
  status: 'unsigned',
  reason: 'noSignature',
};

export function own(
  repository: string,
  tag: string,
  signatures: SignaturePlan[],
): SandboxImage {
  return { registry: 'own', repository, tag, signatures };
}

export function green(): ContainerExpectation {
  return {
    outcome: 'pass',
    reasons: [],
    signature: VERIFIED,
    vulnerabilities: 'present',
    counted: true,
  };
}

export function failing(
  reason: string,
  rest: Partial<ContainerExpectation> = {},
): ContainerExpectation {
  return { ...green(), outcome: 'fail', reasons: [reason], ...rest };
}

/** Fails `image-signed` with the reason of its signature. */
export function badlySigned(signature: Flaw): ContainerExpectation {
  return failing(signature.reason, { signature });
}

export function unknown(
  reason: string,
  rest: Partial<ContainerExpectation>,
): ContainerExpectation {
  return { ...green(), outcome: 'unknown', reasons: [reason], ...rest };
}

export function app(
  name: string,
  image: SandboxImage,
  rest: Partial<SandboxContainer> = {},
): SandboxContainer {
  return { name, image, scan: 'clean', expected: green(), ...rest };
}

export function deployment(
  containers: SandboxContainer[],
  rest: Partial<SandboxWorkload> = {},
): SandboxWorkload {
  return { cluster: 'prod-eu', kind: 'Deployment', containers, ...rest };
}
