import { MouseEvent, useState } from 'react';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { useMessages } from '../../translations/useMessages';
import { Export } from '../../hooks/useExport';
import { usePageStyles } from '../../ui/pageStyles';

/**
 * Exports exactly the filtered rows, as CSV or JSON.
 */
export function ExportMenu(props: { source: Export; count?: number }) {
  const { source, count } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const choose = (format: 'csv' | 'json') => {
    setAnchor(undefined);
    source.start(format);
  };
  const open = (event: MouseEvent<HTMLElement>) =>
    setAnchor(event.currentTarget);
  return (
    <span className={classes.inline}>
      <Button
        size="small"
        variant="outlined"
        className={classes.plainButton}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        disabled={!source.allowed || source.running}
        title={
          source.allowed
            ? undefined
            : t('action.exportNeeds', { permission: source.permission })
        }
        onClick={open}
      >
        {count === undefined
          ? t('action.export')
          : t('action.exportRows', { count })}{' '}
        ▾
      </Button>
      <Menu
        anchorEl={anchor}
        open={Boolean(anchor)}
        onClose={() => setAnchor(undefined)}
      >
        <MenuItem onClick={() => choose('csv')}>
          {t('action.exportCsv')}
        </MenuItem>
        <MenuItem onClick={() => choose('json')}>
          {t('action.exportJson')}
        </MenuItem>
      </Menu>
      <span role="status" className={classes.secondary}>
        {source.running && t('action.exportRunning')}
        {source.error &&
          t('action.exportFailed', { message: source.error.message })}
      </span>
    </span>
  );
}
