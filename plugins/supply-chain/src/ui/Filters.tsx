import { ReactNode, useEffect, useState, useRef } from 'react';
import Button from '@material-ui/core/Button';
import Drawer from '@material-ui/core/Drawer';
import TextField from '@material-ui/core/TextField';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useMessages } from '../translations/useMessages';
import { mutedColor } from './outcomeColors';
import { escapeHostileText } from './escapeHostileText';

const useStyles = makeStyles(
  theme => ({
    bar: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    drawer: {
      display: 'grid',
      gap: theme.spacing(2),
      padding: theme.spacing(2),
      width: 'min(320px, 90vw)',
    },
    field: {
      minWidth: 96,
      '& .MuiInputBase-input': { fontSize: '0.875rem' },
      '& .MuiFormLabel-root': { whiteSpace: 'nowrap' },
      '& .MuiFormLabel-root:not(.Mui-focused)': { color: mutedColor(theme) },
    },
    // Wide enough for its label, which does not wrap.
    text: { flex: '1 1 190px', maxWidth: 320 },
  }),
  { name: 'SupplyChainFilters' },
);

/**
 * Filters in a row; on narrow screens in a drawer behind one button.
 */
export function FilterBar(props: { children: ReactNode }) {
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useMessages();
  const narrow = useMediaQuery(theme.breakpoints.down('sm'));
  const [open, setOpen] = useState(false);
  if (!narrow) {
    return <div className={classes.bar}>{props.children}</div>;
  }
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        style={{ textTransform: 'none', justifySelf: 'start' }}
        onClick={() => setOpen(true)}
      >
        {t('action.filters')}
      </Button>
      <Drawer
        anchor="right"
        open={open}
        onClose={() => setOpen(false)}
        PaperProps={{ role: 'dialog', 'aria-label': t('action.filters') }}
      >
        <div className={classes.drawer}>
          {props.children}
          <Button variant="contained" onClick={() => setOpen(false)}>
            {t('action.closeFilters')}
          </Button>
        </div>
      </Drawer>
    </>
  );
}

/**
 * One choice among several.
 */
export function SelectFilter(props: {
  label: string;
  /** Empty for no choice. */
  value: string;
  options: readonly { value: string; label: string; disabled?: boolean }[];
  onChange: (value: string) => void;
  /** Offers "all" as no choice. @defaultValue true */
  withAll?: boolean;
}) {
  const { label, value, options, onChange, withAll = true } = props;
  const classes = useStyles();
  const { t } = useMessages();
  // A value from the address that is not among the options is shown, not silently dropped.
  const unlisted =
    value !== '' && !options.some(option => option.value === value);
  return (
    <TextField
      select
      size="small"
      variant="outlined"
      className={classes.field}
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ native: true }}
      inputProps={{ 'aria-label': label }}
    >
      {withAll && <option value="">{t('filter.all')}</option>}
      {unlisted && <option value={value}>{escapeHostileText(value)}</option>}
      {options.map(option => (
        <option
          key={option.value}
          value={option.value}
          disabled={option.disabled}
        >
          {escapeHostileText(option.label)}
        </option>
      ))}
    </TextField>
  );
}

const TYPING_PAUSE_MS = 300;

/**
 * A text to look for; asked after a pause in typing.
 */
export function TextFilter(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, value, onChange } = props;
  const classes = useStyles();
  const [typed, setTyped] = useState(value);
  const said = useRef(value);
  useEffect(() => {
    // Its own text comes back, and may come after the next letter was typed.
    if (value !== said.current) {
      said.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    if (typed === value) {
      return undefined;
    }
    const timer = setTimeout(() => {
      said.current = typed;
      onChange(typed);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextField
      type="search"
      size="small"
      variant="outlined"
      className={`${classes.field} ${classes.text}`}
      label={label}
      value={typed}
      onChange={event => setTyped(event.target.value)}
      inputProps={{ 'aria-label': label, maxLength: 200 }}
      InputLabelProps={{ shrink: true }}
    />
  );
}
