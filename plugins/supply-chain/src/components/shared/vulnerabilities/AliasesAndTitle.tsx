import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../../translations/useMessages';
import { HostileText } from '../../../ui/HostileText';
import { usePageStyles } from '../../../ui/pageStyles';

/**
 * The other ids of a vulnerability and its title, below its id.
 */
export function AliasesAndTitle(props: {
  row: Pick<schema.VulnerabilityRow, 'aliases' | 'title'>;
}) {
  const { aliases = [], title } = props.row;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      {aliases.length > 0 && (
        <div className={classes.secondary}>
          <HostileText
            text={t('image.vulnerabilities.alsoKnownAs', {
              ids: aliases.join(', '),
            })}
          />
        </div>
      )}
      {title && (
        <div className={classes.secondary}>
          <HostileText text={title} />
        </div>
      )}
    </>
  );
}
