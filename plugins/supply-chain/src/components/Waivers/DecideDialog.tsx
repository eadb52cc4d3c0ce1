import { useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import { useRuleTitle } from '../../hooks/useRuleTitle';
import { useWaiverDecision } from '../../hooks/useWaiverActions';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { DateTime } from '../../ui/TimeAgo';
import { CoveredReasons } from '../shared/waivers/CoveredReasons';
import { SendingNotice } from '../shared/waivers/SendingNotice';
import { Choice } from './waiverLists';
import { WaiverScope } from './WaiverScope';

/**
 * Asks once more, with what it is about, before something is decided that stays in the trail.
 */
export function DecideDialog(props: {
  choice: Choice;
  onClose: () => void;
  onDone: () => void;
}) {
  const { choice, onClose, onDone } = props;
  const { verb, waiver } = choice;
  const { t } = useMessages();
  const classes = usePageStyles();
  const titleId = useId();
  const [comment, setComment] = useState('');
  const { state, send } = useWaiverDecision(onDone);
  const isSending = state.status === 'sending';
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t(`waivers.decide.title.${verb}`)}
      </DialogTitle>
      <DialogContent>
        <div className={classes.page}>
          <Decided choice={choice} />
          <div>{t(`waivers.decide.explain.${verb}`)}</div>
          <TextField
            fullWidth
            multiline
            minRows={2}
            variant="outlined"
            size="small"
            label={t('waivers.decide.comment')}
            value={comment}
            onChange={event => setComment(event.target.value)}
            InputLabelProps={{ shrink: true }}
            inputProps={{
              'aria-label': t('waivers.decide.comment'),
              maxLength: 2_000,
            }}
          />
          <SendingNotice state={state} />
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('waivers.decide.cancel')}</Button>
        <Button
          color="primary"
          variant="contained"
          disabled={isSending}
          onClick={() => send({ id: waiver.id, verb, comment: comment.trim() })}
        >
          {t(isSending ? 'waivers.decide.sending' : `waivers.decide.${verb}`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Decided(props: { choice: Choice }) {
  const { waiver } = props.choice;
  const { t } = useMessages();
  const ruleTitle = useRuleTitle();
  const classes = usePageStyles();
  return (
    <div>
      <div className={classes.strong}>
        <HostileText text={ruleTitle(waiver.rule)} />
      </div>
      <WaiverScope waiver={waiver} />
      <CoveredReasons reasons={waiver.reasons} />
      <div className={classes.wrapped}>
        <HostileText text={waiver.reason} />
      </div>
      <div className={classes.secondary}>
        {t('waivers.until')} <DateTime at={waiver.expires} />
      </div>
    </div>
  );
}
