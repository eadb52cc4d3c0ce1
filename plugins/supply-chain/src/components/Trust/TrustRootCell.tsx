import Button from '@material-ui/core/Button';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { openedRowId } from '../../ui/ResponsiveTable';
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
      <Button
        size="small"
        onClick={onToggle}
        aria-expanded={open}
        aria-controls={open ? openedRowId(name) : undefined}
        aria-label={t(open ? 'table.collapse' : 'table.expand', {
          name: title ?? name,
        })}
        style={{
          textTransform: 'none',
          padding: 0,
          fontWeight: 600,
          textAlign: 'left',
          justifyContent: 'flex-start',
        }}
      >
        <span aria-hidden="true">{open ? '▾' : '▸'}&nbsp;</span>
        <HostileText text={title ?? name} />
      </Button>
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
