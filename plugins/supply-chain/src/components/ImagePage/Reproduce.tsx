import { schema } from 'backstage-plugin-supply-chain-common';
import { quoteCommand } from '../../export/quoteCommand';
import { useMessages } from '../../translations/useMessages';
import { image as english } from '../../translations/en/image';
import { MessageKey } from '../../translations/ref';
import { CopyButton } from '../../ui/CopyButton';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';

/**
 * A command of the public client that repeats the check, and what that client leaves out.
 */
export function Reproduce(props: { command: schema.ReproducingCommand }) {
  const { command } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const shown = quoteCommand(command.arguments, { multiline: true });
  return (
    <Panel title={t('image.signature.reproduce')}>
      {shown === undefined ? (
        t('image.signature.unsafeCommand')
      ) : (
        <>
          <pre
            className={`${classes.pre} ${classes.wrapped}`}
            // Scrollable regions must be reachable by keyboard.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            aria-label={t('image.signature.reproduce')}
          >
            {shown}
          </pre>
          <CopyButton
            text={shown}
            name={t('image.signature.reproduce')}
            label={t('action.copy')}
          />
        </>
      )}
      {command.notChecked.length > 0 && (
        <div className={classes.secondary}>
          {t('image.signature.notChecked')}
          <ul style={{ margin: 0 }}>
            {command.notChecked.map(code => (
              <li key={code}>
                {Object.hasOwn(english.signature.lessStrict, code) ? (
                  t(`image.signature.lessStrict.${code}` as MessageKey)
                ) : (
                  <HostileText text={code} />
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}
