import { useMessages } from '../../../translations/useMessages';
import { usePageStyles } from '../../../ui/pageStyles';
import { ReasonCodeLink } from '../ReasonCodeLink';
import { WithCode } from '../../../ui/WithCode';

/**
 * The reasons a waiver covers, in words; another reason is another thing (L22).
 */
export function CoveredReasons(props: { reasons: readonly string[] }) {
  const { meaning } = useMessages();
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList}>
      {props.reasons.map(reason => (
        <li key={reason}>
          <WithCode text={meaning(reason)} /> <ReasonCodeLink code={reason} />
        </li>
      ))}
    </ul>
  );
}
