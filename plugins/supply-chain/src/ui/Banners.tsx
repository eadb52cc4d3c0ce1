import { schema } from 'backstage-plugin-supply-chain-common';
import { MessageKey } from '../translations/ref';
import { useMessages } from '../translations/useMessages';
import { Notice } from './Notice';
import { TimeAgo } from './TimeAgo';

/**
 * Says on every page that the data is not real.
 */
export function SandboxBanner(props: { sandbox: boolean }) {
  const { t } = useMessages();
  return props.sandbox ? (
    <Notice tone="notApplicable" live={false}>
      {t('state.sandbox')}
    </Notice>
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
 * The word for a kind of source; an unknown kind is shown as it is.
 */
export function useSourceKind(): (kind: string) => string {
  const { t } = useMessages();
  return kind =>
    KNOWN_KINDS.includes(kind) ? t(`sourceKind.${kind}` as MessageKey) : kind;
}

/**
 * Names each cluster, registry or scanner that is not well, and the age of what it last said.
 */
export function SourceBanners(props: { sources: schema.SourceProblem[] }) {
  const { t, meaning } = useMessages();
  const kindWord = useSourceKind();
  return (
    <>
      {props.sources
        .filter(source => source.state !== 'ok')
        .map(source => (
          <Notice
            key={`${source.kind}/${source.name}`}
            tone={source.state === 'down' ? 'fail' : 'warn'}
          >
            {t('source.banner', {
              kind: kindWord(source.kind),
              name: source.name,
              state: t(`sourceState.${source.state}`),
              reason: source.reason ? meaning(source.reason) : '',
            })}{' '}
            {source.lastSuccessAt ? (
              <>
                {t('source.age')} <TimeAgo at={source.lastSuccessAt} />.
              </>
            ) : (
              t('source.never')
            )}
          </Notice>
        ))}
    </>
  );
}
