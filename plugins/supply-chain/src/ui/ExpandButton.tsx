import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { useMessages } from '../translations/useMessages';
import { HostileText } from './HostileText';
import { openedRowId } from './ResponsiveTable';

const useStyles = makeStyles({
  button: {
    textTransform: 'none',
    padding: 0,
    fontWeight: 600,
    textAlign: 'left',
    justifyContent: 'flex-start',
  },
});

/**
 * The name of a row of a table, as the button that opens and closes what is known about it.
 */
export function ExpandButton(props: {
  /** The key of the row. */
  rowKey: string;
  name: string;
  /** How the name is shown, where it is more than its text. */
  children?: ReactNode;
  open: boolean;
  onToggle: () => void;
}) {
  const { rowKey, name, children, open, onToggle } = props;
  const { t } = useMessages();
  const classes = useStyles();
  return (
    <Button
      size="small"
      className={classes.button}
      onClick={onToggle}
      aria-expanded={open}
      aria-controls={open ? openedRowId(rowKey) : undefined}
      aria-label={t(open ? 'table.collapse' : 'table.expand', { name })}
    >
      <span aria-hidden="true">{open ? '▾' : '▸'}&nbsp;</span>
      {children ?? <HostileText text={name} />}
    </Button>
  );
}
