import { parseStrictJson } from '../../../json/parseStrictJson';
import { ReasonCode } from '../../../model/reasonCodes';
import { formatPath } from '../documentProblem';
import { schemaProblems } from '../schemaProblems';
import {
  DistinguishedName,
  includesName,
  parseDistinguishedName,
} from './distinguishedName';
import { actionsOf, NotationTrustPolicy } from './trustPolicy';
import {
  trustPolicyDocumentSchema,
  TrustPolicyStatement,
} from './trustPolicySchema';

/** As large as any policy document (L28). */
const MAX_BYTES = 1024 * 1024;
const IDENTITY_PREFIX = 'x509.subject:';

/**
 * Why a trust policy is refused.
 *
 * @public
 */
export type NotationTrustPolicyProblem = { code: ReasonCode; message: string };

/**
 * The trust policies of a document, or everything that is wrong with it.
 *
 * @public
 */
export type NotationTrustPolicyResult =
  | { ok: true; value: NotationTrustPolicy[] }
  | { ok: false; problems: NotationTrustPolicyProblem[] };

/**
 * Reads a `trustpolicy.json` of the Notary Project by the rules of its specification. A policy that enforces
 * revocation is refused, because nobody here asks whether a certificate was revoked.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#trust-policy
 *
 * @public
 */
export function parseNotationTrustPolicy(
  text: string,
): NotationTrustPolicyResult {
  const json = parseStrictJson(text, { maxBytes: MAX_BYTES });
  if (!json.ok) {
    const problem = invalid(`expected JSON: ${json.message}`);
    return { ok: false, problems: [problem] };
  }
  const parsed = trustPolicyDocumentSchema.safeParse(json.value);
  if (!parsed.success) {
    const problems = schemaProblems(parsed.error).map(
      ({ code, message, path }) => ({
        code,
        message:
          path.length > 0 ? `"${formatPath(path)}": ${message}` : message,
      }),
    );
    return { ok: false, problems };
  }
  const statements = parsed.data.trustPolicies;
  const read = statements.map(readStatement);
  const problems = [
    ...read.flatMap(each => each.problems),
    ...repeated(
      'name',
      statements.map(({ name }) => name),
    ),
    ...repeated(
      'registry scope',
      statements.flatMap(({ registryScopes }) => registryScopes),
    ),
  ];
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, value: read.map(({ policy }) => policy) };
}

function readStatement(statement: TrustPolicyStatement): {
  policy: NotationTrustPolicy;
  problems: NotationTrustPolicyProblem[];
} {
  const { name, registryScopes, trustStores, signatureVerification } =
    statement;
  const { level, override, verifyTimestamp = 'always' } = signatureVerification;
  const identities = readIdentities(statement);
  const policy: NotationTrustPolicy = {
    name,
    registryScopes,
    level,
    actions: actionsOf(level, override),
    verifyTimestamp,
    trustStores,
    trustedIdentities: identities.value,
  };
  const messages = [
    ...scopeProblems(statement),
    ...(level === 'skip'
      ? skipProblems(statement)
      : [...storeProblems(statement), ...identities.problems]),
  ];
  return {
    policy,
    problems: [
      ...messages.map(message => invalid(`trust policy "${name}": ${message}`)),
      ...revocationProblems(policy),
    ],
  };
}

function scopeProblems({ registryScopes }: TrustPolicyStatement): string[] {
  return registryScopes.length > 1 && registryScopes.includes('*')
    ? ['expected the registry scope "*" alone']
    : [];
}

function skipProblems(statement: TrustPolicyStatement): string[] {
  const { registryScopes, trustStores, trustedIdentities } = statement;
  return [
    ...(registryScopes.includes('*')
      ? ['expected repositories for level "skip", got "*"']
      : []),
    ...(trustStores.length > 0 || trustedIdentities.length > 0
      ? ['expected neither trust stores nor identities for level "skip"']
      : []),
    ...(statement.signatureVerification.override
      ? ['expected no override of level "skip"']
      : []),
  ];
}

function storeProblems({ trustStores }: TrustPolicyStatement): string[] {
  return trustStores.some(store => !store.startsWith('tsa:'))
    ? []
    : ['expected a trust store of type "ca" or "signingAuthority"'];
}

function readIdentities({ trustedIdentities }: TrustPolicyStatement): {
  value: '*' | DistinguishedName[];
  problems: string[];
} {
  if (trustedIdentities.includes('*')) {
    const problems =
      trustedIdentities.length > 1 ? ['expected the identity "*" alone'] : [];
    return { value: '*', problems };
  }
  if (trustedIdentities.length === 0) {
    return { value: [], problems: ['expected trusted identities'] };
  }
  const names: DistinguishedName[] = [];
  const problems: string[] = [];
  for (const identity of trustedIdentities) {
    const name = identity.startsWith(IDENTITY_PREFIX)
      ? parseDistinguishedName(identity.slice(IDENTITY_PREFIX.length))
      : {
          ok: false as const,
          message: `expected "*" or "${IDENTITY_PREFIX}", got "${identity}"`,
        };
    if (name.ok) {
      names.push(name.value);
    } else {
      problems.push(name.message);
    }
  }
  return { value: names, problems: [...problems, ...overlaps(names)] };
}

function overlaps(names: DistinguishedName[]): string[] {
  const overlapping = names.some((one, index) =>
    names.some(
      (other, otherIndex) => index !== otherIndex && includesName(one, other),
    ),
  );
  return overlapping
    ? ['expected identities of which no two accept the same certificate']
    : [];
}

function revocationProblems({
  name,
  actions,
}: NotationTrustPolicy): NotationTrustPolicyProblem[] {
  return actions.revocation === 'enforce'
    ? [
        {
          code: 'notSupportedYet',
          message: `trust policy "${name}" enforces revocation, which this version does not check; write "override": { "revocation": "skip" } or "log" in its "signatureVerification"`,
        },
      ]
    : [];
}

function repeated(
  what: string,
  values: string[],
): NotationTrustPolicyProblem[] {
  const twice = values.filter((value, at) => values.indexOf(value) !== at);
  return [...new Set(twice)].map(value =>
    invalid(`expected each ${what} once, got "${value}" twice`),
  );
}

function invalid(message: string): NotationTrustPolicyProblem {
  return { code: 'documentValueInvalid', message };
}
