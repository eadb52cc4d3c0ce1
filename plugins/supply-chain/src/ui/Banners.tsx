import { schema } from 'backstage-plugin-supply-chain-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useLinks } from '../hooks/useLinks';
import { MessageKey } from '../translations/ref';
import { Messages, useMessages } from '../translations/useMessages';
import { Notice } from './Notice';
import { TimeAgo } from './TimeAgo';
import { useNow } from './useNow';

const useStyles = makeStyles(
  theme => ({
    sandbox: {
      justifySelf: 'start',
      padding: theme.spacing(0, 1),
      border: `1px dashed ${theme.palette.text.secondary}`,
      borderRadius: 4,
      color: theme.palette.text.secondary,
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
  'policyFile',
  'trustRoot',
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

/** Up to here what a source said last is as good as new. */
const WORTH_SAYING_MS = 5 * 60_000;

function problemText(
  source: schema.SourceProblem,
  kind: string,
  { t, label }: Messages,
): string {
  const { state, name, reason } = source;
  if (state === 'degraded' && reason === 'registryRefused') {
    return t('source.refusesSome', { kind, name });
  }
  const problem = t(`source.${state}`, { kind, name });
  return reason ? `${problem}: ${label(reason)}` : problem;
}

/**
 * Names each cluster, registry or scanner that is not well, and the age of what it last said.
 */
export function SourceBanners(props: { sources: schema.SourceProblem[] }) {
  const { sources } = props;
  return (
    <>
      {sources
        .filter(source => source.state !== 'ok')
        .map(source => (
          <SourceBanner key={`${source.kind}/${source.name}`} source={source} />
        ))}
    </>
  );
}

function SourceBanner(props: { source: schema.SourceProblem }) {
  const { state, kind, reason, lastSuccessAt } = props.source;
  const messages = useMessages();
  const { t, meaning } = messages;
  const kindWord = useSourceKind();
  const links = useLinks();
  const now = useNow();
  const problem = problemText(props.source, kindWord(kind), messages);
  const old =
    lastSuccessAt !== undefined &&
    now.getTime() - Date.parse(lastSuccessAt) > WORTH_SAYING_MS;
  return (
    <Notice
      tone={state === 'down' ? 'fail' : 'warn'}
      action={<Link to={links.sources()}>{t('action.showSources')}</Link>}
    >
      <span title={reason && meaning(reason)}>
        {t(lastSuccessAt ? 'source.lastGood' : 'source.never', { problem })}
      </span>
      {old && (
        <>
          {' '}
          {t('source.age')} <TimeAgo at={lastSuccessAt} />.
        </>
      )}
    </Notice>
  );
}
