import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { useMessages } from '../translations/useMessages';

type CopyState = 'idle' | 'copied' | 'failed';

/**
 * Copies a text. What is copied is the text itself, so callers pass only what is safe to paste.
 */
export function CopyButton(props: {
  text: string;
  /** What it says. @defaultValue Copy */
  label?: string;
  /** What it copies, for those who do not see where it stands. */
  name?: string;
  /** @defaultValue text */
  variant?: 'text' | 'outlined';
}) {
  const { text, label, name, variant = 'text' } = props;
  const { t } = useMessages();
  const [state, setState] = useState<CopyState>('idle');
  const copy = () => {
    // Absent where the page is not served over https.
    const writing = navigator.clipboard?.writeText(text);
    if (!writing) {
      setState('failed');
      return;
    }
    writing.then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  return (
    <>
      <Button
        size="small"
        variant={variant}
        onClick={copy}
        aria-label={name ? t('action.copyNamed', { name }) : undefined}
        style={{ textTransform: 'none', minWidth: 0, padding: '0 6px' }}
      >
        {label ?? t('action.copy')}
      </Button>
      <span role="status">
        {state === 'copied' && t('action.copied')}
        {state === 'failed' && t('action.copyFailed')}
      </span>
    </>
  );
}
