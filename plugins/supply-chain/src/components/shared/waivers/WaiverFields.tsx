import { ChangeEvent } from 'react';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import TextField from '@material-ui/core/TextField';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../../translations/useMessages';
import { useNow } from '../../../ui/useNow';
import { dayAfter, endOfDraft, WaiverDraft, WaiverTarget } from './waiverDraft';

const SCOPES = ['image', 'repository', 'service'] as const;

/** A form field over the whole width, with its label in place. */
const FIELD = {
  fullWidth: true,
  size: 'small',
  margin: 'dense',
  variant: 'outlined',
  InputLabelProps: { shrink: true },
} as const;

type Props = {
  target: WaiverTarget;
  preview: schema.WaiverPreview;
  draft: WaiverDraft;
  onChange: (changes: Partial<WaiverDraft>) => void;
};

/**
 * How far the waiver reaches.
 */
export function ReachFields(props: Props) {
  const { target, preview, draft, onChange } = props;
  const { t } = useMessages();
  const { scope, everywhere, vulnerability, includeUnknown } = draft;
  const scopes = SCOPES.filter(each => each !== 'image' || target.digest);
  return (
    <>
      <TextField
        {...FIELD}
        select
        label={t('waivers.request.scope')}
        value={scope}
        onChange={event =>
          onChange({ scope: event.target.value as WaiverDraft['scope'] })
        }
        SelectProps={{ native: true }}
        inputProps={{ 'aria-label': t('waivers.request.scope') }}
      >
        {scopes.map(each => (
          <option key={each} value={each}>
            {t(`waivers.request.scopes.${each}`)}
          </option>
        ))}
      </TextField>
      {scope !== 'service' && (
        <Choice
          label={t('waivers.request.everywhere')}
          checked={everywhere}
          onChange={checked => onChange({ everywhere: checked })}
        />
      )}
      {preview.vulnerability && (
        <TextField
          {...FIELD}
          label={t('waivers.request.vulnerability')}
          helperText={t('waivers.request.vulnerabilityHint')}
          value={vulnerability}
          onChange={textTo(text => onChange({ vulnerability: text }))}
          inputProps={{
            'aria-label': t('waivers.request.vulnerability'),
            maxLength: 100,
          }}
        />
      )}
      {preview.unknown.length > 0 && (
        <Choice
          label={t('waivers.request.includeUnknown')}
          checked={includeUnknown}
          onChange={checked => onChange({ includeUnknown: checked })}
        />
      )}
    </>
  );
}

/**
 * Why, and until when.
 */
export function ReasonFields(props: Props) {
  const { preview, draft, onChange } = props;
  const { t } = useMessages();
  return (
    <>
      <TextField
        {...FIELD}
        multiline
        minRows={3}
        required
        label={t('waivers.request.reason')}
        helperText={t('waivers.request.reasonHint')}
        value={draft.reason}
        onChange={textTo(reason => onChange({ reason }))}
        inputProps={{
          'aria-label': t('waivers.request.reason'),
          maxLength: 2_000,
        }}
      />
      <TextField
        {...FIELD}
        label={t('waivers.request.ticket')}
        helperText={t('waivers.request.ticketHint')}
        value={draft.ticket}
        onChange={textTo(ticket => onChange({ ticket }))}
        inputProps={{
          'aria-label': t('waivers.request.ticket'),
          maxLength: 200,
        }}
      />
      <EndField draft={draft} preview={preview} onChange={onChange} />
    </>
  );
}

function EndField(props: Omit<Props, 'target'>) {
  const { draft, preview, onChange } = props;
  const { t, dateTime } = useMessages();
  const now = useNow();
  const end = endOfDraft(draft);
  return (
    <TextField
      {...FIELD}
      type="date"
      required
      label={t('waivers.request.expires')}
      helperText={t('waivers.request.expiresHint', {
        at: end ? dateTime(new Date(end)) : t('dash'),
        count: preview.longestDays,
      })}
      value={draft.day}
      onChange={textTo(day => onChange({ day }))}
      inputProps={{
        'aria-label': t('waivers.request.expires'),
        min: dayAfter(now, 1),
        max: dayAfter(now, preview.longestDays),
      }}
    />
  );
}

function Choice(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const { label, checked, onChange } = props;
  return (
    <FormControlLabel
      control={
        <Checkbox
          color="primary"
          size="small"
          checked={checked}
          onChange={(_event, next) => onChange(next)}
        />
      }
      label={label}
    />
  );
}

function textTo(onText: (text: string) => void) {
  return (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onText(event.target.value);
}
