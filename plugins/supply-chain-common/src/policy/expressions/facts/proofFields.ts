import {
  bool,
  int,
  listOf,
  oneOf,
  optional,
  text,
  texts,
  timestamp,
} from './factTypes';
import { reason, REASON_CODE_TYPE } from './reasonType';

const PLACES = [
  'referrers',
  'fallbackTag',
  'sigTag',
  'attTag',
  'sbomTag',
  'contentTrust',
  'indexEntry',
] as const;

const RELATIONS = ['exact', 'viaIndex'] as const;

/** Fields of `signature`. */
export const signatureFields = {
  status: oneOf(
    [
      'verified',
      'untrustedSigner',
      'invalid',
      'expired',
      'unsigned',
      'unavailable',
    ],
    'Under the trust roots of this policy.',
  ),
  reason: optional(reason('Why it is not verified.')),
  signers: texts(
    'Who signed it, of those the policy accepts: the fingerprint of a key, the subject of a certificate.',
  ),
  issuers: texts(
    'The issuers that vouch for these signers, where they are identities.',
  ),
  schemes: listOf(
    { kind: 'string', values: ['cosign', 'contentTrust', 'notation'] } as const,
    'The signing systems of these signatures.',
  ),
  trustRoots: texts('The trust roots that account for these signers.'),
  signedAt: optional(
    timestamp(
      'When it was signed, by a trusted clock; missing where a key signed without one.',
    ),
  ),
  foundIn: optional(
    oneOf(PLACES, 'Where the signature that decided was found.'),
  ),
  relation: optional(
    oneOf(
      RELATIONS,
      'Whether it covers the image itself or the index that lists it.',
    ),
  ),
} as const;

/** Fields of `provenance`. */
export const provenanceFields = {
  status: oneOf(
    [
      'verified',
      'claimed',
      'mismatch',
      'untrustedSigner',
      'invalid',
      'absent',
      'unavailable',
    ],
    'Under the trust roots of this policy.',
  ),
  reason: optional(
    reason('Why it is not verified, or what speaks against the build.'),
  ),
  reasons: listOf(
    REASON_CODE_TYPE,
    'What the level rests on, or why it is no higher.',
  ),
  level: int('SLSA Build level, 0 to 3.'),
  source: optional(
    text(
      'Address of the source repository, for instance `https://github.com/acme/web`.',
    ),
  ),
  ref: optional(text('What was built of it, for instance `refs/tags/v1.0.0`.')),
  commit: optional(text('Commit, in hex.')),
  builder: optional(text('Who built it, as the provenance names it.')),
  buildType: optional(text('How to read the build, as the provenance says.')),
  workflow: optional(text('Path of the workflow inside the repository.')),
  trigger: optional(text('What started the build, for instance `push`.')),
  runnerEnvironment: optional(
    text('For instance `github-hosted` or `self-hosted`.'),
  ),
  run: optional(text('Address of the run.')),
  signer: optional(
    text(
      'Who signed it: the fingerprint of a key, the subject of an identity.',
    ),
  ),
  signedAt: optional(timestamp('When it was signed, by a trusted clock.')),
  trustRoot: optional(text('The trust root that accounts for the signer.')),
  foundIn: optional(oneOf(PLACES, 'Where it was found.')),
  relation: optional(
    oneOf(
      RELATIONS,
      'Whether it covers the image itself or the index that lists it.',
    ),
  ),
  predicateType: optional(text('Type of the statement.')),
} as const;

/** Fields of `origin`. */
export const originFields = {
  status: oneOf(
    ['present', 'absent', 'invalid', 'unavailable'],
    'Whether the registry could be asked.',
  ),
  reason: optional(reason('Why it could not.')),
  kind: optional(
    oneOf(
      ['index', 'manifest'],
      'Whether it is an index of several platforms.',
    ),
  ),
  mediaType: optional(text('Media type of the manifest.')),
  sizeBytes: optional(int('Size of the manifest itself.')),
  platforms: texts('The platforms an index lists; empty for a manifest.'),
  tagMoved: optional(
    bool(
      'Whether the tag that the workload names points to other content now; missing where it was not asked.',
    ),
  ),
} as const;
