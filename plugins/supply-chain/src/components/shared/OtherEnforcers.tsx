import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { EnforcerNotes } from './EnforcerNotes';
import { countsText, EnforcerResults } from './EnforcerResults';

/**
 * What other enforcers of the clusters say of the workloads. Nothing where nothing is known of any.
 */
export function OtherEnforcers(props: { enforcers?: schema.OtherEnforcers }) {
  const { enforcers } = props;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  if (!enforcers) {
    return null;
  }
  return (
    <Panel
      title={t('enforcers.title')}
      subtitle={countsText(enforcers.counts, messages)}
    >
      <p className={classes.secondary} style={{ marginTop: 0 }}>
        {t('enforcers.about')}
      </p>
      {enforcers.total === 0 ? (
        <p>{t('enforcers.onlyNotes')}</p>
      ) : (
        <EnforcerResults
          said={enforcers}
          caption={t('enforcers.caption')}
          openedBy="enforcers"
        />
      )}
      <EnforcerNotes notes={enforcers.notes} />
    </Panel>
  );
}
