import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { WithCode } from '../../ui/WithCode';

/**
 * What is missing before the page can say everything (L37).
 */
export function Checklist(props: { items: schema.ChecklistItem[] }) {
  const { t, meaning, number } = useMessages();
  const classes = usePageStyles();
  return (
    <Panel title={t('overview.checklist.title')}>
      <ol className={classes.plainList}>
        {props.items.map(({ step, done, count, problem }) => (
          <li key={step} className={classes.row} style={{ padding: '4px 0' }}>
            <OutcomeLabel outcome={done ? 'pass' : 'unknown'}>
              {t(done ? 'overview.checklist.done' : 'overview.checklist.open')}
            </OutcomeLabel>
            <span>
              {t(`overview.checklist.${step}`)}
              {count !== undefined && ` (${number(count)})`}
            </span>
            {!done && (
              <span className={classes.secondary}>
                {problem && (
                  <>
                    <WithCode text={meaning(problem)} />{' '}
                  </>
                )}
                {t(`overview.checklist.advice.${step}`)}
              </span>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
