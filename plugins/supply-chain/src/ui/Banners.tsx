import { makeStyles } from '@material-ui/core/styles';
import { MessageKey } from '../translations/ref';
import { useMessages } from '../translations/useMessages';
import { mutedColor } from './outcomeColors';

const useStyles = makeStyles(
  theme => ({
    sandbox: {
      justifySelf: 'start',
      padding: theme.spacing(0, 1),
      border: `1px dashed ${mutedColor(theme)}`,
      borderRadius: 4,
      color: mutedColor(theme),
      fontSize: '0.78rem',
      lineHeight: 1.6,
    },
  }),
  { name: 'SupplyChainBanners' },
);

/**
 * Says on every page that the data is not real.
 */
export function SandboxBanner(props: { sandbox: boolean }) {
  const { t } = useMessages();
  const classes = useStyles();
  return props.sandbox ? (
    <div role="note" className={classes.sandbox}>
      {t('state.sandbox')}
    </div>
  ) : null;
}

const KNOWN_KINDS = [
  'cluster',
  'registry',
  'scanner',
  'enforcer',
  'checks',
  'contents',
  'policyFile',
  'trustRoot',
  'exploitData',
  'catalog',
];

/**
 * The word for a kind of source, for one or for all of them; an unknown kind is shown as it is.
 */
export function useSourceKind(
  of: 'sourceKind' | 'sourceKinds' = 'sourceKind',
): (kind: string) => string {
  const { t } = useMessages();
  return kind =>
    KNOWN_KINDS.includes(kind) ? t(`${of}.${kind}` as MessageKey) : kind;
}
