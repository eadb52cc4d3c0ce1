import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { escapeHostileLines } from '../../ui/escapeHostileText';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * The evidence itself, escaped (L32).
 */
export function RawTab(props: { report: schema.ImageReport }) {
  const { evidence } = props.report;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <Panel title={t('image.raw.title')} subtitle={t('image.raw.hint')}>
      {evidence.length === 0 && t('image.raw.empty')}
      <div className={classes.page}>
        {(evidence as Record<string, unknown>[]).map((item, index) => {
          const label = t('image.raw.one', {
            kind: textOf(item.kind),
            collector: textOf(item.collector),
          });
          return (
            <div key={`${textOf(item.kind)}/${index}`}>
              <h3 className={classes.secondary}>
                <HostileText text={label} />
              </h3>
              <pre
                className={classes.pre}
                // Scrollable regions must be reachable by keyboard.
                // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
                tabIndex={0}
                aria-label={label}
              >
                {escapeHostileLines(JSON.stringify(item, null, 2))}
              </pre>
            </div>
          );
        })}
      </div>
    </Panel>
  );
}
