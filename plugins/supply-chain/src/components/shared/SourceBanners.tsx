import { schema } from 'backstage-plugin-supply-chain-common';
import { Link } from '@backstage/core-components';
import { useLinks } from '../../hooks/useLinks';
import { Messages, useMessages } from '../../translations/useMessages';
import { useSourceKind } from '../../ui/Banners';
import { Notice } from '../../ui/Notice';
import { TimeAgo } from '../../ui/TimeAgo';
import { useNow } from '../../ui/useNow';

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
