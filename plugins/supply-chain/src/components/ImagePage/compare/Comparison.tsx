import { schema } from 'backstage-plugin-supply-chain-common';
import { ImageAddress } from '../../../hooks/useImageReport';
import { useComparison } from '../../../hooks/useComparison';
import { useMessages } from '../../../translations/useMessages';
import { Notice } from '../../../ui/Notice';
import { usePageStyles } from '../../../ui/pageStyles';
import { RemoteContent } from '../../../ui/RemoteContent';
import { ChangedPackages } from './ChangedPackages';
import { ComparedFindings } from './ComparedFindings';
import { comparisonSentence, comparisonTone } from './comparisonSentence';
import { SideBySide } from './SideBySide';
import { useComparisonQuery } from './useComparisonQuery';

/**
 * What is different: a sentence, both images side by side, packages and findings.
 */
export function Comparison(props: {
  image: ImageAddress;
  other: ImageAddress;
}) {
  const query = useComparisonQuery(props);
  const state = useComparison(query);
  const { t } = useMessages();
  const classes = usePageStyles();
  if (state.status === 'missing') {
    return <Notice tone="unknown">{t('comparison.unreadable')}</Notice>;
  }
  return (
    <RemoteContent state={state}>
      {comparison => (
        <div className={classes.page}>
          <Sentence comparison={comparison} />
          <SideBySide comparison={comparison} />
          <ChangedPackages comparison={comparison} />
          <ComparedFindings comparison={comparison} query={query} />
        </div>
      )}
    </RemoteContent>
  );
}

function Sentence(props: { comparison: schema.ImageComparison }) {
  const { comparison } = props;
  const messages = useMessages();
  const { t, meaning } = messages;
  const { counts, image, with: other } = comparison;
  return (
    <Notice
      tone={comparisonTone(counts, comparison)}
      title={comparisonSentence(counts, messages)}
    >
      {other.incomplete && (
        <div>
          {t('comparison.cannotTellNew', { reason: meaning(other.incomplete) })}
        </div>
      )}
      {image.incomplete && (
        <div>
          {t('comparison.cannotTellFixed', {
            reason: meaning(image.incomplete),
          })}
        </div>
      )}
    </Notice>
  );
}
