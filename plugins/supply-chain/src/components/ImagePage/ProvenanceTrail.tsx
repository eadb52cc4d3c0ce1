import {
  PlaceLook,
  predicateTypeName,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import {
  CheckedProvenance,
  ProvenanceEvidenceView,
} from './provenanceEvidence';
import { PlaceResult, Trail } from './Trail';

/**
 * Where attestations were looked for, what they are and which of them verify.
 */
export function ProvenanceTrail(props: {
  evidence: ProvenanceEvidenceView;
  digest: string;
}) {
  const { evidence, digest } = props;
  const { counted, others, trail } = evidence;
  const messages = useMessages();
  const statements = counted ? [counted, ...others] : others;
  return (
    <Trail
      trail={trail}
      digest={digest}
      resultOf={look =>
        resultOf(
          statements.filter(each => isFoundBy(each, look, digest)),
          messages,
        )
      }
    />
  );
}

function isFoundBy(
  { statement }: CheckedProvenance,
  look: PlaceLook,
  digest: string,
): boolean {
  return (
    statement.foundIn === look.place &&
    // The manifest of an index attests one of its children, whatever the look was about.
    (look.place === 'indexEntry' ||
      (statement.relation === 'exact') === (look.about === digest))
  );
}

function resultOf(
  found: CheckedProvenance[],
  messages: Messages,
): PlaceResult | undefined {
  return found.length === 0
    ? undefined
    : {
        outcome: outcomeOf(found),
        lines: found.map(each => lineOf(each, messages)),
      };
}

function outcomeOf(found: CheckedProvenance[]): schema.Outcome {
  return found.some(({ check }) => check?.status === 'verified')
    ? 'pass'
    : 'warn';
}

function lineOf({ statement, check }: CheckedProvenance, { t }: Messages) {
  const { predicateType, signed } = statement;
  const text = t('provenance.placeLine', {
    name: predicateTypeName(predicateType) ?? predicateType,
    result: signed
      ? t(`signatureStatus.${check?.status ?? 'unavailable'}`)
      : t('provenance.unsigned'),
  });
  return <HostileText text={text} />;
}
