import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { WithCode } from '../../ui/WithCode';
import { ReasonCodeLink } from './ReasonCodeLink';

/** What a reason code means and what to do, and beside it what was said by what failed. */
export function ReasonAndMessage(
  props: Pick<schema.Source, 'reason' | 'message'>,
) {
  const { reason, message } = props;
  const { meaning, advice } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      {reason && (
        <div>
          <WithCode text={meaning(reason)} />{' '}
          <span className={classes.secondary}>
            <WithCode text={advice(reason)} />
          </span>{' '}
          <ReasonCodeLink code={reason} />
        </div>
      )}
      {message && (
        <div className={classes.secondary}>
          <HostileText text={message} />
        </div>
      )}
    </>
  );
}
