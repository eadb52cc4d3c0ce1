import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { usePageStyles } from '../../ui/pageStyles';

/**
 * What a policy covers, a line for each key; all of them must hold.
 */
export function PolicyCovers(props: { match: schema.PolicyMatchValues[] }) {
  const { match } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  if (match.length === 0) {
    return <>{t('policies.match.everything')}</>;
  }
  return (
    <ul className={classes.plainList} style={{ overflowWrap: 'anywhere' }}>
      {match.map(({ key, values }) => (
        <li key={key}>
          {key === 'entities'
            ? t('policies.match.entities')
            : t('policies.match.values', {
                key: t(`policies.match.key.${key}`),
                values: values.join(', '),
              })}
        </li>
      ))}
    </ul>
  );
}
