import { useMessages } from '../../translations/useMessages';
import { Notice } from '../../ui/Notice';

const STEPS = ['sign', 'root', 'build', 'remove'] as const;

/**
 * Why images that only Docker Content Trust signs need something else soon, and how to get there.
 */
export function ContentTrustRetirement(props: { count: number }) {
  const { count } = props;
  const { t } = useMessages();
  return (
    <Notice
      tone="warn"
      live={false}
      title={t('trust.retirement.title', { count })}
    >
      <div>{t('trust.retirement.why')}</div>
      <div>{t('trust.retirement.how')}</div>
      <ol style={{ margin: '4px 0 0', paddingInlineStart: 20 }}>
        {STEPS.map(step => (
          <li key={step}>{t(`trust.retirement.${step}`)}</li>
        ))}
      </ol>
    </Notice>
  );
}
