import { useEffect } from 'react';
import { REASON_CODES } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { WithCode } from '../../ui/WithCode';
import { Breadcrumb } from '../shared/Breadcrumb';

/**
 * Every reason code with what it means and what to do: where the codes on other pages lead.
 */
export function ReasonsPage() {
  const { t, meaning, advice } = useMessages();
  const classes = usePageStyles();
  // The page is loaded after the browser has looked for the anchor.
  useEffect(() => {
    document
      .getElementById(window.location.hash.slice(1))
      ?.scrollIntoView?.({ block: 'center' });
  }, []);
  return (
    <div className={classes.frame} data-supply-chain>
      <div className={classes.page}>
        <Breadcrumb current={t('overview.reasons.title')} />
        <Panel
          title={t('overview.reasons.title')}
          subtitle={t('overview.reasons.hint')}
        >
          <dl>
            {Object.keys(REASON_CODES)
              .sort()
              .map(code => (
                <div key={code} id={code}>
                  <dt>
                    <code>{code}</code>
                  </dt>
                  <dd>
                    <WithCode text={meaning(code)} />{' '}
                    <span className={classes.secondary}>
                      <WithCode text={advice(code)} />
                    </span>
                  </dd>
                </div>
              ))}
          </dl>
        </Panel>
      </div>
    </div>
  );
}
