import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { DigestText } from '../../ui/DigestText';
import { ExpandButton } from '../../ui/ExpandButton';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { Column } from '../../ui/ResponsiveTable';
import { OutcomeCounts } from './OutcomeCounts';
import { PolicyCovers } from './PolicyCovers';

/** Options of {@link policyColumns}. */
export type PolicyColumnsOptions = {
  messages: Messages;
  openKey: string | undefined;
  toggle: (policy: string) => void;
};

/** The columns of the table of policies. */
export function policyColumns(
  options: PolicyColumnsOptions,
): Column<schema.PolicyReport>[] {
  const { messages, openKey, toggle } = options;
  const { t } = messages;
  return [
    {
      id: 'policy',
      minWidthPx: 170,
      label: t('policies.column.policy'),
      render: policy => (
        <PolicyCell
          policy={policy}
          open={policy.name === openKey}
          onToggle={() => toggle(policy.name)}
        />
      ),
    },
    {
      id: 'covers',
      minWidthPx: 160,
      label: t('policies.column.covers'),
      render: policy => <PolicyCovers match={policy.match} />,
    },
    {
      id: 'mode',
      minWidthPx: 150,
      label: t('policies.column.mode'),
      render: policy => <PolicyMode policy={policy} />,
    },
    {
      id: 'services',
      minWidthPx: 140,
      label: t('policies.column.services'),
      render: ({ name, services }) => (
        <OutcomeCounts
          of="service"
          counts={services}
          filter={{ policy: name }}
        />
      ),
    },
    {
      id: 'images',
      minWidthPx: 140,
      label: t('policies.column.images'),
      render: policy => <Images policy={policy} />,
    },
  ];
}

function PolicyCell(props: {
  policy: schema.PolicyReport;
  open: boolean;
  onToggle: () => void;
}) {
  const { policy, open, onToggle } = props;
  const { name, title, digest } = policy;
  const classes = usePageStyles();
  return (
    <>
      <ExpandButton
        rowKey={name}
        name={title ?? name}
        open={open}
        onToggle={onToggle}
      />
      <div className={classes.secondary}>
        {title && (
          <div>
            <HostileText text={name} />
          </div>
        )}
        <DigestText digest={digest} />
      </div>
    </>
  );
}

/** What happens at admission, in words. */
export function PolicyMode(props: { policy: schema.PolicyReport }) {
  const { mode, onUnknown } = props.policy;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <span className={classes.strong}>{t(`policies.mode.${mode}`)}</span>
      <div className={classes.secondary}>
        <div>{t(`policies.modeMeaning.${mode}`)}</div>
        <div>{t(`policies.onUnknown.${onUnknown}`)}</div>
      </div>
    </>
  );
}

function Images(props: { policy: schema.PolicyReport }) {
  const { images, outdated } = props.policy;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <OutcomeCounts of="rule" counts={images} />
      {outdated > 0 && (
        <div className={classes.secondary}>
          {t('policies.outcome.outdated', { count: outdated })}
        </div>
      )}
    </>
  );
}
