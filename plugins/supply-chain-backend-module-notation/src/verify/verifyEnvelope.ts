import {
  SignedStatement,
  Signer,
  statusOfReason,
  TrustCheck,
} from 'backstage-plugin-supply-chain-common';
import { EnvelopeFormat } from './envelope/envelope';
import { TargetArtifact } from './envelope/readPayload';
import { attempt, Outcome } from './Refused';
import { checkSoundness, readEnvelope, SoundEnvelope } from './soundEnvelope';
import { NamedNotationRoot } from './trust/compileNotationRoot';
import { verifyAgainstRoot } from './verifyAgainstRoot';
import { subjectText } from './x509/subjectName';

/** Arguments of {@link verifyEnvelope}. */
export type VerifyEnvelopeOptions = {
  bytes: Uint8Array;
  format: EnvelopeFormat;
  /** The manifest or index that must be covered, as the registry holds it. */
  artifact: TargetArtifact;
  /** The repository it was found in: trust policies are chosen by it. */
  repository: string;
  /** Every trust root; each gets its own check. */
  trustRoots: NamedNotationRoot[];
  now: Date;
};

/** What an envelope states and what every trust root says of it. */
export type EnvelopeResult = Pick<
  SignedStatement,
  'kind' | 'covers' | 'checks'
> & {
  /** The first instant from which on the clock alone makes a verified check another one. */
  standsUntil?: Date;
};

/**
 * Verifies an envelope against trust roots: nothing is fetched, nothing asks the time, nothing is thrown. What cannot
 * be read is `invalid` under every root.
 */
export function verifyEnvelope(options: VerifyEnvelopeOptions): EnvelopeResult {
  const { bytes, format, artifact, trustRoots } = options;
  const read = attempt(() => readEnvelope(bytes, format));
  const sound = read.ok
    ? attempt(() => checkSoundness(read.value, artifact))
    : read;
  const judged = trustRoots.map(root => checkRoot({ options, sound, root }));
  const ends = judged.flatMap(({ standsUntil }) => standsUntil ?? []);
  return {
    kind: 'signature',
    ...(read.ok && { covers: read.value.target.digest }),
    checks: judged.map(({ check }) => check),
    ...(ends.length > 0 && {
      standsUntil: new Date(Math.min(...ends.map(end => end.getTime()))),
    }),
  };
}

type JudgedCheck = { check: TrustCheck; standsUntil?: Date };

function checkRoot(judging: {
  options: VerifyEnvelopeOptions;
  sound: Outcome<SoundEnvelope>;
  root: NamedNotationRoot;
}): JudgedCheck {
  const { options, sound, root } = judging;
  const trustRoot = root.name;
  if (!root.compiled.ok) {
    return { check: refusal(trustRoot, 'trustRootUnusable') };
  }
  if (!sound.ok) {
    return { check: refusal(trustRoot, sound.reason) };
  }
  const { outcome, isSignerKnown } = verifyAgainstRoot({
    sound: sound.value,
    root: root.compiled.value,
    repository: options.repository,
    now: options.now,
  });
  const signer = isSignerKnown && { signer: signerOf(sound.value) };
  if (!outcome.ok) {
    return { check: { ...refusal(trustRoot, outcome.reason), ...signer } };
  }
  const { signedAt, standsUntil } = outcome.value;
  return {
    check: {
      trustRoot,
      status: 'verified',
      ...signer,
      ...(signedAt && { signedAt: signedAt.toISOString() }),
    },
    standsUntil,
  };
}

function refusal(
  trustRoot: string,
  reason: NonNullable<TrustCheck['reason']>,
): TrustCheck {
  return { trustRoot, status: statusOfReason(reason), reason };
}

function signerOf({ chain: [leaf] }: SoundEnvelope): Signer {
  return {
    type: 'certificate',
    subject: subjectText(leaf),
    fingerprint: leaf.fingerprint,
  };
}
