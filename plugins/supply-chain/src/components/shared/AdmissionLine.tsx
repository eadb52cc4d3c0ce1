import { schema } from 'backstage-plugin-supply-chain-common';
import { MessageKey } from '../../translations/ref';
import { useMessages } from '../../translations/useMessages';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';

type Admission = schema.Admission;

/**
 * What admission does with an image, or would do were the policy enforced, as sign and words.
 */
export function AdmissionLine(props: { admission: Admission }) {
  const { admission } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const { mode, causes } = admission;
  const others = causes.slice(1).map(cause => t(`admission.also.${cause}`));
  return (
    <div>
      <OutcomeLabel outcome={signOf(admission)}>
        {t(sentenceOf(admission))}
      </OutcomeLabel>
      <div className={classes.secondary}>
        {[t(`admission.because.${mode}`), ...others].join('; ')}
      </div>
    </div>
  );
}

/** What is not refused today is not shown as refused. */
function signOf({ mode, enforced, causes }: Admission): schema.Outcome {
  switch (enforced) {
    case 'allow':
      return 'pass';
    case 'allowWithWarning':
      return 'warn';
    default:
      if (mode === 'enforce') {
        return 'fail';
      }
      return causes[0] === 'unknown' ? 'unknown' : 'warn';
  }
}

function sentenceOf({ mode, enforced, causes }: Admission): MessageKey {
  const tense = mode === 'enforce' ? 'is' : 'wouldBe';
  if (enforced !== 'deny') {
    return `admission.${tense}.${enforced}`;
  }
  const [cause] = causes;
  return `admission.${tense}.deny.${cause === 'warn' ? 'fail' : cause}`;
}
