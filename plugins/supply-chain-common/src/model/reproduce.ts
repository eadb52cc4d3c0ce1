import { Digest } from './digest';
import { SignedStatement, TrustCheck } from './signature';

/**
 * What the public client does not check although this product does; the page says so beside the command.
 *
 * - `statementType`: it takes any attestation over the digest for a signature (L13).
 * - `extensions`: it cannot compare this certificate extension.
 * - `keyValidity`: it knows no period of validity for a key.
 * - `signedCertificateTimestamps`, `timestamps`, `transparencyLog`: it cannot demand what the trust root demands.
 *
 * @public
 */
export type NotCheckedCode =
  | 'statementType'
  | 'extensions'
  | 'keyValidity'
  | 'signedCertificateTimestamps'
  | 'timestamps'
  | 'transparencyLog';

/**
 * A command for the public client, as an argument array: it is shown with POSIX quoting (L32).
 *
 * @public
 */
export type ReproducingCommand = {
  command: string[];
  notChecked: NotCheckedCode[];
};

/**
 * What {@link reproducingCommand} needs to know of the trust root that verified the statement.
 *
 * @public
 */
export type ReproducibleTrustRoot = {
  type: 'keys' | 'sigstore';
  /** File name to show for the key or the trusted root; the reader puts their own path there. */
  materialFile: string;
  transparencyLog: 'required' | 'whenPresent' | 'none';
  timestamps: 'required' | 'whenPresent' | 'none';
  signedCertificateTimestamps?: 'required' | 'whenPresent' | 'none';
  /** Names of the certificate extensions the matching identity compares. */
  extensions?: string[];
  /** Whether the key has a period of validity. */
  keyHasPeriod?: boolean;
  /** File of the trusted root beside the keys, when there is one. */
  trustedRootFile?: string;
};

/** Extensions the client has a flag for; GitHub's old ones only. */
const EXTENSION_FLAGS: Readonly<Record<string, string>> = {
  githubWorkflowTrigger: '--certificate-github-workflow-trigger',
  githubWorkflowSha: '--certificate-github-workflow-sha',
  githubWorkflowName: '--certificate-github-workflow-name',
  githubWorkflowRepository: '--certificate-github-workflow-repository',
  githubWorkflowRef: '--certificate-github-workflow-ref',
};

/**
 * The arguments of `cosign verify` that repeat a verified check: the exact identity of the signer, the exact digest,
 * never a looser pattern. `undefined` for what the client cannot verify at all: other schemes, other statements and
 * checks that did not verify.
 *
 * @public
 */
export function reproducingCommand(options: {
  /** The repository and the digest the statement covers: for `viaIndex` that of the index (L3). */
  subject: { repository: string; digest: Digest };
  statement: Pick<SignedStatement, 'scheme' | 'kind' | 'predicateType' | 'covers'>;
  check: TrustCheck;
  trustRoot: ReproducibleTrustRoot;
}): ReproducingCommand | undefined {
  const { subject, statement, check, trustRoot } = options;
  if (
    statement.scheme !== 'cosign' ||
    statement.kind !== 'signature' ||
    check.status !== 'verified' ||
    !check.signer
  ) {
    return undefined;
  }
  const notChecked = new Set<NotCheckedCode>();
  if (statement.predicateType !== undefined) {
    notChecked.add('statementType');
  }
  const trust =
    check.signer.type === 'key'
      ? keyArguments(trustRoot, notChecked)
      : identityArguments(check.signer, trustRoot, notChecked);
  noteRequirements(trustRoot, notChecked);
  return {
    command: [
      'cosign',
      'verify',
      ...trust,
      `${subject.repository}@${statement.covers ?? subject.digest}`,
    ],
    notChecked: [...notChecked],
  };
}

function keyArguments(
  trustRoot: ReproducibleTrustRoot,
  notChecked: Set<NotCheckedCode>,
): string[] {
  if (trustRoot.keyHasPeriod) {
    notChecked.add('keyValidity');
  }
  return [
    '--key',
    trustRoot.materialFile,
    ...(trustRoot.trustedRootFile
      ? ['--trusted-root', trustRoot.trustedRootFile]
      : []),
    ...ignoreLog(trustRoot),
  ];
}

function identityArguments(
  signer: Extract<TrustCheck['signer'], { type: 'identity' }>,
  trustRoot: ReproducibleTrustRoot,
  notChecked: Set<NotCheckedCode>,
): string[] {
  const compared = trustRoot.extensions ?? [];
  if (compared.some(name => !(name in EXTENSION_FLAGS))) {
    notChecked.add('extensions');
  }
  return [
    '--trusted-root',
    trustRoot.materialFile,
    '--certificate-identity',
    signer.subject,
    ...(signer.issuer === undefined
      ? ['--certificate-oidc-issuer-regexp', '^$']
      : ['--certificate-oidc-issuer', signer.issuer]),
    ...compared
      .filter(name => name in EXTENSION_FLAGS && name in signer.extensions)
      .flatMap(name => [EXTENSION_FLAGS[name], signer.extensions[name]]),
    ...(trustRoot.signedCertificateTimestamps === 'required'
      ? []
      : ['--insecure-ignore-sct']),
    ...ignoreLog(trustRoot),
  ];
}

/** The client either demands a log entry or ignores the log; between the two it has nothing. */
function ignoreLog(trustRoot: ReproducibleTrustRoot): string[] {
  return trustRoot.transparencyLog === 'required'
    ? []
    : ['--insecure-ignore-tlog'];
}

function noteRequirements(
  trustRoot: ReproducibleTrustRoot,
  notChecked: Set<NotCheckedCode>,
): void {
  if (trustRoot.transparencyLog === 'whenPresent') {
    notChecked.add('transparencyLog');
  }
  if (trustRoot.signedCertificateTimestamps === 'whenPresent') {
    notChecked.add('signedCertificateTimestamps');
  }
  if (trustRoot.type === 'keys' && trustRoot.timestamps !== 'none') {
    notChecked.add('timestamps');
  }
}
