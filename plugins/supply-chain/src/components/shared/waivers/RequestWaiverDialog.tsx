import { FormEvent, useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useTheme } from '@material-ui/core/styles';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useRuleTitle } from '../../../hooks/useRuleTitle';
import { useWaiverRequest } from '../../../hooks/useWaiverActions';
import { useWaiverPreview } from '../../../hooks/useWaivers';
import { useMessages } from '../../../translations/useMessages';
import { SelectFilter } from '../../../ui/Filters';
import { HostileText } from '../../../ui/HostileText';
import { Notice } from '../../../ui/Notice';
import { usePageStyles } from '../../../ui/pageStyles';
import { RemoteContent } from '../../../ui/RemoteContent';
import { useNow } from '../../../ui/useNow';
import { WithCode } from '../../../ui/WithCode';
import { CoveredReasons } from './CoveredReasons';
import { SendingNotice } from './SendingNotice';
import {
  isComplete,
  newDraft,
  requestOf,
  WaiverDraft,
  WaiverTarget,
} from './waiverDraft';
import { ReachFields, ReasonFields } from './WaiverFields';

type Props = {
  target: WaiverTarget;
  /** Services that run the image; the waiver is asked for one of them. */
  entityRefs: readonly string[];
  onClose: () => void;
  onSent: () => void;
};

/**
 * Asks for a waiver of what a rule says now: how far it reaches, why, and until when.
 */
export function RequestWaiverDialog(props: Props) {
  const { target, entityRefs, onClose } = props;
  const { t } = useMessages();
  const ruleTitle = useRuleTitle();
  const classes = usePageStyles();
  const theme = useTheme();
  const fullScreen = useMediaQuery(theme.breakpoints.down('xs'));
  const titleId = useId();
  const [entityRef, setEntityRef] = useState(entityRefs[0]);
  const preview = useWaiverPreview({ ...target, entityRef });
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      fullScreen={fullScreen}
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t('waivers.request.title')}</DialogTitle>
      <DialogContent>
        <div className={classes.page}>
          <div>
            <div className={classes.strong}>
              <HostileText text={ruleTitle(target.rule)} />
            </div>
            <div className={classes.secondary}>
              {t('waivers.request.intro')}
            </div>
          </div>
          {entityRefs.length > 1 && (
            <SelectFilter
              label={t('waivers.request.service')}
              value={entityRef}
              withAll={false}
              options={entityRefs.map(value => ({ value, label: value }))}
              onChange={setEntityRef}
            />
          )}
          <RemoteContent state={preview}>
            {value => (
              <PreviewedForm
                {...props}
                key={entityRef}
                entityRef={entityRef}
                preview={value}
              />
            )}
          </RemoteContent>
        </div>
      </DialogContent>
    </Dialog>
  );
}

type FormProps = Props & {
  entityRef: string;
  preview: schema.WaiverPreview;
};

/** The form, or why there is none to fill in. */
function PreviewedForm(props: FormProps) {
  const { preview, onClose } = props;
  const { t, meaning, advice } = useMessages();
  const { refusal, missingPermission, failing, unknown } = preview;
  const obstacle =
    (missingPermission &&
      t('waivers.request.missing', { permission: missingPermission })) ??
    (refusal && `${meaning(refusal)} ${advice(refusal)}`) ??
    (failing.length + unknown.length === 0
      ? t('waivers.request.nothing')
      : undefined);
  return obstacle ? (
    <>
      <Notice tone="warn">
        <WithCode text={obstacle} />
      </Notice>
      <DialogActions>
        <Button onClick={onClose}>{t('waivers.decide.cancel')}</Button>
      </DialogActions>
    </>
  ) : (
    <WaiverForm {...props} />
  );
}

function WaiverForm(props: FormProps) {
  const { target, entityRef, preview, onClose, onSent } = props;
  const { t } = useMessages();
  const now = useNow();
  const [draft, setDraft] = useState(() => newDraft({ target, preview, now }));
  const { state, send } = useWaiverRequest(onSent);
  const change = (changes: Partial<WaiverDraft>) =>
    setDraft(current => ({ ...current, ...changes }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(requestOf(entityRef, target, draft));
  };
  const fields = { target, preview, draft, onChange: change };
  const isSending = state.status === 'sending';
  return (
    <form onSubmit={submit}>
      <Coverage preview={preview} />
      <ReachFields {...fields} />
      <ReasonFields {...fields} />
      <SendingNotice state={state} />
      <DialogActions>
        <Button onClick={onClose}>{t('waivers.decide.cancel')}</Button>
        <Button
          type="submit"
          color="primary"
          variant="contained"
          disabled={isSending || !isComplete({ draft, preview, now })}
        >
          {t(isSending ? 'waivers.decide.sending' : 'waivers.request.send')}
        </Button>
      </DialogActions>
    </form>
  );
}

function Coverage(props: { preview: schema.WaiverPreview }) {
  const { failing, unknown } = props.preview;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      {failing.length > 0 && (
        <div>
          <div className={classes.strong}>{t('waivers.request.covers')}</div>
          <CoveredReasons reasons={failing} />
        </div>
      )}
      {unknown.length > 0 && (
        <div>
          <div className={classes.strong}>
            {t('waivers.request.coversUnknown')}
          </div>
          <CoveredReasons reasons={unknown} />
        </div>
      )}
    </>
  );
}
