import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { ExpandButton } from '../../ui/ExpandButton';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { TimeAgo } from '../../ui/TimeAgo';

/**
 * Which trust root, with the button that opens its row, and how old what a mirror vouched for is.
 */
export function TrustRootCell(props: {
  root: schema.TrustRootReport;
  open: boolean;
  onToggle: () => void;
}) {
  const { root, open, onToggle } = props;
  const { name, title, type, tuf } = root;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <ExpandButton
        rowKey={name}
        name={title ?? name}
        open={open}
        onToggle={onToggle}
      />
      <div className={classes.secondary}>
        {title && (
          <div>
            <HostileText text={name} />
          </div>
        )}
        <div>{t(`trust.type.${type}`)}</div>
        {tuf && (
          <div>
            {t('trust.details.checkedAt')} <TimeAgo at={tuf.checkedAt} />
          </div>
        )}
      </div>
    </>
  );
}
