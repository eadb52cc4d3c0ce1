import { Sending } from '../../../hooks/useSending';
import { useMessages } from '../../../translations/useMessages';
import { HostileText } from '../../../ui/HostileText';
import { Notice } from '../../../ui/Notice';
import { ReasonCodeLink } from '../ReasonCodeLink';
import { WithCode } from '../../../ui/WithCode';

/**
 * Why the backend refused something, read out when it does: the reason in words, and what exactly it said.
 */
export function SendingNotice(props: { state: Sending }) {
  const { state } = props;
  const { meaning, advice } = useMessages();
  if (state.status !== 'failed') {
    return null;
  }
  const { reason, error } = state;
  return (
    <Notice
      tone="fail"
      title={
        reason ? (
          <>
            <WithCode text={meaning(reason)} /> <ReasonCodeLink code={reason} />
          </>
        ) : undefined
      }
    >
      {reason && (
        <div>
          <WithCode text={advice(reason)} />
        </div>
      )}
      <HostileText text={error.message} />
    </Notice>
  );
}
