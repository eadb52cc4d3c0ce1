import { Digest } from '../model/digest';
import { SignedStatement, Signer, TrustCheck } from '../model/signature';
import { matchesIdentity } from './matchesIdentity';
import { publicKeyFingerprint } from './signatures';
import { Material, TrustRoot, TrustRootSpec } from './types';

/**
 * What the public client does not check although this product does; the page says so beside the command.
 *
 * - `statementType`: it takes any attestation over the digest for a signature (L13).
 * - `extensions`: it does not compare the certificate extensions the trust root compares.
 * - `keyValidity`: it knows no period of validity for a key.
 * - `transparencyLog`, `timestamps`, `signedCertificateTimestamps`: it cannot ask for what the trust root asks for.
 * - `ownTrustPolicy`: it uses the trust policy and the certificates installed where it runs.
 * - `rootPin`: it trusts the root it sees first, unless its own configuration pins one.
 * - `digestComparison`: it prints the digest of the tag and leaves the comparison to the reader.
 *
 * @public
 */
export type NotCheckedCode =
  | 'statementType'
  | 'extensions'
  | 'keyValidity'
  | 'signedCertificateTimestamps'
  | 'timestamps'
  | 'transparencyLog'
  | 'ownTrustPolicy'
  | 'rootPin'
  | 'digestComparison';

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
 * Arguments of {@link reproducingCommand}.
 *
 * @public
 */
export type ReproducingCommandOptions = {
  subject: { repository: string; digest: Digest };
  statement: Pick<
    SignedStatement,
    | 'scheme'
    | 'kind'
    | 'predicateType'
    | 'foundIn'
    | 'elsewhere'
    | 'covers'
    | 'signedTag'
  >;
  /** The check of the statement that verified. */
  check: TrustCheck;
  /** The trust root the check names. */
  trustRoot: TrustRoot;
};

type Specification<T extends TrustRootSpec['type']> = Extract<
  TrustRootSpec,
  { type: T }
>;
type Identity = Extract<Signer, { type: 'identity' }>;

/** Extensions the client has a flag for, and compares for its old format only. */
const EXTENSION_FLAGS: ReadonlyMap<string, string> = new Map([
  ['githubWorkflowTrigger', '--certificate-github-workflow-trigger'],
  ['githubWorkflowSha', '--certificate-github-workflow-sha'],
  ['githubWorkflowName', '--certificate-github-workflow-name'],
  ['githubWorkflowRepository', '--certificate-github-workflow-repository'],
  ['githubWorkflowRef', '--certificate-github-workflow-ref'],
]);

/**
 * The arguments of the public client that repeat a verified check: the exact signer and the exact digest or tag, never
 * a looser pattern. `undefined` for what no client can repeat: attestations and checks that did not verify.
 *
 * @public
 */
export function reproducingCommand(
  options: ReproducingCommandOptions,
): ReproducingCommand | undefined {
  const { statement, check } = options;
  if (statement.kind !== 'signature' || check.status !== 'verified') {
    return undefined;
  }
  switch (statement.scheme) {
    case 'cosign':
      return cosignCommand(options);
    case 'contentTrust':
      return notaryCommand(options);
    case 'notation':
      return {
        command: ['notation', 'verify', imageOf(options)],
        notChecked: ['ownTrustPolicy'],
      };
    default:
      return undefined;
  }
}

function imageOf({ subject, statement }: ReproducingCommandOptions): string {
  return `${subject.repository}@${statement.covers ?? subject.digest}`;
}

/** https://github.com/notaryproject/notary/blob/master/docs/command_reference.md */
function notaryCommand({
  subject,
  statement,
  trustRoot,
}: ReproducingCommandOptions): ReproducingCommand | undefined {
  const { spec } = trustRoot;
  const { signedTag } = statement;
  return spec.type === 'contentTrust' && signedTag
    ? {
        command: [
          ...['notary', '-s', spec.server],
          ...['lookup', subject.repository, signedTag.tag],
        ],
        notChecked: ['rootPin', 'digestComparison'],
      }
    : undefined;
}

function cosignCommand(
  options: ReproducingCommandOptions,
): ReproducingCommand | undefined {
  const { statement, check, trustRoot } = options;
  const { spec } = trustRoot;
  const { signer } = check;
  const isOldFormat = statement.predicateType === undefined;
  const notChecked = new Set<NotCheckedCode>(
    isOldFormat ? [] : ['statementType'],
  );
  let trust: string[];
  if (spec.type === 'keys' && signer?.type === 'key') {
    trust = keyArguments(spec, signer.fingerprint, notChecked);
  } else if (spec.type === 'sigstore' && signer?.type === 'identity') {
    trust = identityArguments({ spec, signer, isOldFormat, notChecked });
  } else {
    return undefined;
  }
  if (spec.transparencyLog === 'whenPresent') {
    notChecked.add('transparencyLog');
  }
  // The client either asks for a log entry or ignores the log: it has nothing between the two.
  const log =
    spec.transparencyLog === 'required' ? [] : ['--insecure-ignore-tlog'];
  return {
    command: [
      ...locationVariable(statement),
      'cosign',
      'verify',
      ...trust,
      ...log,
      ...(isOldFormat ? oldFormatArguments(statement) : []),
      imageOf(options),
    ],
    notChecked: [...notChecked],
  };
}

/** The client has no flag for it. */
function locationVariable({
  elsewhere,
}: ReproducingCommandOptions['statement']): string[] {
  return elsewhere ? ['env', `COSIGN_REPOSITORY=${elsewhere.repository}`] : [];
}

/**
 * Unless told, the client looks for the old format only where no bundle is attached, and never among the referrers:
 * https://github.com/sigstore/cosign/blob/v3.1.3/cmd/cosign/cli/verify/verify.go
 */
function oldFormatArguments({
  foundIn,
  elsewhere,
}: ReproducingCommandOptions['statement']): string[] {
  const format = '--new-bundle-format=false';
  if (foundIn !== 'sigTag') {
    return [format, '--experimental-oci11'];
  }
  return elsewhere?.tagPrefix
    ? [format, '--attachment-tag-prefix', elsewhere.tagPrefix]
    : [format];
}

function keyArguments(
  spec: Specification<'keys'>,
  fingerprint: string,
  notChecked: Set<NotCheckedCode>,
): string[] {
  const key = spec.keys.find(
    ({ material }) => publicKeyFingerprint(material.content) === fingerprint,
  );
  if (key?.notBefore !== undefined || key?.notAfter !== undefined) {
    notChecked.add('keyValidity');
  }
  if (spec.timestamps !== 'none') {
    notChecked.add('timestamps');
  }
  return [
    '--key',
    fileName(key?.material, 'cosign.pub'),
    ...trustedRootArguments(spec.trustedRoot),
  ];
}

function identityArguments(options: {
  spec: Specification<'sigstore'>;
  signer: Identity;
  isOldFormat: boolean;
  notChecked: Set<NotCheckedCode>;
}): string[] {
  const { spec, signer, isOldFormat, notChecked } = options;
  const compared = Object.keys(
    spec.identities.find(identity => matchesIdentity(identity, signer))
      ?.extensions ?? {},
  );
  const flagged = isOldFormat
    ? compared.filter(name => EXTENSION_FLAGS.has(name))
    : [];
  if (flagged.length < compared.length) {
    notChecked.add('extensions');
  }
  const { signedCertificateTimestamps } = spec;
  if (signedCertificateTimestamps === 'whenPresent') {
    notChecked.add('signedCertificateTimestamps');
  }
  return [
    ...trustedRootArguments(spec.trustedRoot),
    '--certificate-identity',
    signer.subject,
    ...(signer.issuer === undefined
      ? ['--certificate-oidc-issuer-regexp', '^$']
      : ['--certificate-oidc-issuer', signer.issuer]),
    ...flagged.flatMap(name => [
      EXTENSION_FLAGS.get(name) as string,
      signer.extensions[name],
    ]),
    ...(signedCertificateTimestamps === 'required'
      ? []
      : ['--insecure-ignore-sct']),
  ];
}

function trustedRootArguments(material: Material | undefined): string[] {
  return material
    ? ['--trusted-root', fileName(material, 'trusted_root.json')]
    : [];
}

/** The name alone: the folder is that of the portal's host. */
function fileName(material: Material | undefined, fallback: string): string {
  const name = material?.source.split(/[/\\]/).pop() ?? '';
  return /^\w[\w.-]*\.\w+$/.test(name) ? name : fallback;
}
