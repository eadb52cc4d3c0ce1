import { schema } from 'backstage-plugin-supply-chain-common';
import { quoteCommand } from '../../../export/quoteCommand';
import { useMessages } from '../../../translations/useMessages';
import { CopyButton } from '../../../ui/CopyButton';
import { usePageStyles } from '../../../ui/pageStyles';

/**
 * The command that brings a package to its fix and where it belongs; nothing where none is known.
 */
export function FixCommand(props: {
  fix: Pick<schema.VulnerabilityGroup, 'packageName' | 'command'>;
}) {
  const { packageName, command } = props.fix;
  const { t } = useMessages();
  const classes = usePageStyles();
  const quoted = command && quoteCommand(command.arguments);
  if (!quoted) {
    return null;
  }
  return (
    <div>
      <code className={classes.command}>{quoted}</code>
      <CopyButton
        text={quoted}
        name={t('comparison.command.name', { name: packageName })}
        label={t('action.copy')}
      />
      <div className={classes.secondary}>
        {t(`comparison.command.${command.place}`)}
      </div>
    </div>
  );
}
