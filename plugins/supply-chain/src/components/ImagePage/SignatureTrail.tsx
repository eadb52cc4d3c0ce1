import { PlaceLook, schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import { CheckedStatement, SignatureEvidenceView } from './signatureEvidence';
import { PlaceResult, Trail } from './Trail';

/**
 * Where signatures were looked for, and which of those found count.
 */
export function SignatureTrail(props: {
  evidence: SignatureEvidenceView;
  digest: string;
}) {
  const { evidence, digest } = props;
  const messages = useMessages();
  return (
    <Trail
      trail={evidence.trail}
      digest={digest}
      resultOf={look =>
        resultOf(
          evidence.statements.filter(each => isFoundBy(each, look, digest)),
          messages,
        )
      }
    />
  );
}

function isFoundBy(
  { statement }: CheckedStatement,
  look: PlaceLook,
  digest: string,
): boolean {
  const { scheme, foundIn, relation, checks } = statement;
  return (
    scheme === look.scheme &&
    foundIn === look.place &&
    // Content trust names tags, not the digest of an index.
    (look.place === 'contentTrust' ||
      (relation === 'exact') === (look.about === digest)) &&
    (!look.trustRoot ||
      checks.some(({ trustRoot }) => trustRoot === look.trustRoot))
  );
}

function resultOf(
  found: CheckedStatement[],
  messages: Messages,
): PlaceResult | undefined {
  const signatures = found.filter(
    ({ statement }) => statement.kind === 'signature',
  );
  const attestations = found.length - signatures.length;
  if (found.length === 0) {
    return undefined;
  }
  return {
    outcome: outcomeOf(signatures),
    lines: [
      ...signatureLines(signatures, messages),
      ...(attestations > 0
        ? [messages.t('image.signature.attested', { count: attestations })]
        : []),
    ],
  };
}

/** A signature nobody trusts is no failure of the image: another one may count. */
function outcomeOf(signatures: CheckedStatement[]): schema.Outcome {
  if (signatures.length === 0) {
    return 'notApplicable';
  }
  return signatures.some(({ check }) => check?.status === 'verified')
    ? 'pass'
    : 'warn';
}

/** One line for all signatures with the same result. */
function signatureLines(
  signatures: CheckedStatement[],
  { t, label }: Messages,
) {
  const groups = new Map<string, CheckedStatement[]>();
  signatures.forEach(each => {
    const key = `${each.check?.status}/${each.check?.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  });
  return [...groups.values()].map(group => {
    const { status, reason } = group[0].check ?? {};
    const result = reason
      ? label(reason)
      : t(`signatureStatus.${status ?? 'unavailable'}`);
    return (
      <>
        {t('image.signature.signatures', { count: group.length, result })}{' '}
        {reason && <ReasonCodeLink code={reason} />}
      </>
    );
  });
}
