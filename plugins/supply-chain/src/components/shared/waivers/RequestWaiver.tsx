import { useState } from 'react';
import Button from '@material-ui/core/Button';
import {
  schema,
  supplyChainWaiverRequestPermission,
} from 'backstage-plugin-supply-chain-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { useRuleTitle } from '../../../hooks/useRuleTitle';
import { useMessages } from '../../../translations/useMessages';
import { usePageStyles } from '../../../ui/pageStyles';
import { RequestWaiverDialog } from './RequestWaiverDialog';

type Props = {
  finding: schema.Finding;
  image: { repository?: string; digest?: string };
  /** Services that run it. */
  entityRefs: readonly string[];
  /** Called when a request was made. */
  onSent: () => void;
};

/** What fails or is going to, what cannot be told, and what is waived and will be again. */
function isWaivable({ outcome, effectiveOn }: schema.Finding): boolean {
  switch (outcome) {
    case 'fail':
    case 'unknown':
    case 'waived':
      return true;
    case 'warn':
      return effectiveOn !== undefined;
    default:
      return false;
  }
}

/**
 * The way to a waiver of a finding, for those who may ask for one.
 */
export function RequestWaiver(props: Props) {
  const { finding, image, entityRefs } = props;
  return isWaivable(finding) && image.repository && entityRefs.length > 0 ? (
    <RequestButton {...props} repository={image.repository} />
  ) : null;
}

function RequestButton(props: Props & { repository: string }) {
  const { finding, image, entityRefs, repository, onSent } = props;
  const { t } = useMessages();
  const ruleTitle = useRuleTitle();
  const classes = usePageStyles();
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState(false);
  const { loading, allowed } = usePermission({
    permission: supplyChainWaiverRequestPermission,
    resourceRef: entityRefs[0],
  });
  // Of several services the dialog says for which one the permission is missing.
  if (loading || (!allowed && entityRefs.length === 1)) {
    return null;
  }
  const isRenewal = finding.outcome === 'waived';
  return (
    <div>
      <Button
        size="small"
        variant="outlined"
        className={classes.plainButton}
        aria-label={t('waivers.request.buttonNamed', {
          rule: ruleTitle(finding.ruleId),
        })}
        onClick={() => setOpen(true)}
      >
        {t(isRenewal ? 'waivers.request.renew' : 'waivers.request.button')}
      </Button>
      <div role="status" className={classes.secondary}>
        {sent && t('waivers.request.sent')}
      </div>
      {open && (
        <RequestWaiverDialog
          target={{
            repository,
            ...(image.digest && { digest: image.digest }),
            policy: finding.policy,
            rule: finding.ruleId,
          }}
          entityRefs={entityRefs}
          onClose={() => setOpen(false)}
          onSent={() => {
            setOpen(false);
            setSent(true);
            onSent();
          }}
        />
      )}
    </div>
  );
}
