import { callerWorkflow, GithubIdentity, workflowUri } from './githubIdentity';

/** @public */
export const COSIGN_SIGN_PREDICATE = 'https://sigstore.dev/cosign/sign/v1';
/** @public */
export const SLSA_PROVENANCE_PREDICATE = 'https://slsa.dev/provenance/v1';
/** @public */
export const OPENVEX_PREDICATE = 'https://openvex.dev/ns/v0.2.0';

/**
 * An in-toto statement.
 * @public
 */
export interface Statement {
  _type: 'https://in-toto.io/Statement/v1';
  subject: Array<{
    name?: string;
    digest: Record<string, string>;
    annotations?: Record<string, string>;
  }>;
  predicateType: string;
  predicate: Record<string, unknown>;
}

/**
 * What `cosign sign` 3 signs: the digest, and no name.
 * @public
 */
export function signatureStatement(
  digest: string,
  annotations?: Record<string, string>,
): Statement {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        digest: { sha256: digest.slice('sha256:'.length) },
        ...(annotations ? { annotations } : {}),
      },
    ],
    predicateType: COSIGN_SIGN_PREDICATE,
    predicate: {},
  };
}

/**
 * SLSA build provenance as GitHub's `actions/attest-build-provenance` writes it:
 * https://slsa.dev/spec/v1.2/build-provenance
 * @public
 */
export function provenanceStatement(options: {
  repository: string;
  digest: string;
  identity: GithubIdentity;
  /**
   * What the build says it built, `owner/name`; the certificate says what it was.
   * @defaultValue the repository of the identity
   */
  claimedRepository?: string;
}): Statement {
  const { identity } = options;
  const source = `https://github.com/${
    options.claimedRepository ?? identity.repository
  }`;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        name: options.repository,
        digest: { sha256: options.digest.slice('sha256:'.length) },
      },
    ],
    predicateType: SLSA_PROVENANCE_PREDICATE,
    predicate: {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: {
            ref: identity.ref,
            repository: source,
            path: callerWorkflow(identity),
          },
        },
        internalParameters: {
          github: {
            event_name: identity.trigger ?? 'push',
            runner_environment: 'github-hosted',
          },
        },
        resolvedDependencies: [
          {
            uri: `git+${source}@${identity.ref}`,
            digest: { gitCommit: identity.commit },
          },
        ],
      },
      runDetails: {
        builder: { id: workflowUri(identity) },
        metadata: {
          invocationId: `${source}/actions/runs/${
            identity.runId ?? '1'
          }/attempts/1`,
        },
      },
    },
  };
}

/**
 * The payload of `cosign sign` 2:
 * https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#simple-signing
 * @public
 */
export function simpleSigningPayload(options: {
  repository: string;
  digest: string;
  annotations?: Record<string, string>;
}): Buffer {
  return Buffer.from(
    JSON.stringify({
      critical: {
        identity: { 'docker-reference': options.repository },
        image: { 'docker-manifest-digest': options.digest },
        type: 'cosign container image signature',
      },
      optional: options.annotations ?? null,
    }),
  );
}

/**
 * OpenVEX as `cosign attest --type openvex` wraps it, about one package of an image:
 * https://github.com/openvex/spec/blob/main/ATTESTING.md
 * @public
 */
export function vexStatement(options: {
  repository: string;
  digest: string;
  issuedAt: Date;
  /** Name of the vulnerability that does not matter. */
  vulnerability: string;
  /** Package URL of the package that has it. */
  packageUrl: string;
}): Statement {
  const { repository, digest, vulnerability, packageUrl } = options;
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  const timestamp = options.issuedAt.toISOString();
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        name: repository,
        digest: { sha256: digest.slice('sha256:'.length) },
      },
    ],
    predicateType: OPENVEX_PREDICATE,
    predicate: {
      '@context': OPENVEX_PREDICATE,
      '@id': `https://acme.example/vex/${name}`,
      author: 'Acme product security',
      timestamp,
      version: 1,
      statements: [
        {
          vulnerability: { name: vulnerability },
          products: [
            {
              '@id': `pkg:oci/${name}@${encodeURIComponent(
                digest,
              )}?repository_url=${encodeURIComponent(repository)}`,
              subcomponents: [{ '@id': packageUrl }],
            },
          ],
          status: 'not_affected',
          justification: 'vulnerable_code_not_in_execute_path',
          impact_statement: 'The image starts no shell.',
          timestamp,
        },
      ],
    },
  };
}
