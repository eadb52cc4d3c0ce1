import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Column } from '../../ui/ResponsiveTable';
import { ExpirySummary } from './ExpirySummary';
import { ImageCounts } from './ImageCounts';
import { TrustRootCell } from './TrustRootCell';
import { TrustedSigners } from './TrustedSigners';

/** Options of {@link trustColumns}. */
export type TrustColumnsOptions = {
  messages: Messages;
  openKey: string | undefined;
  toggle: (root: string) => void;
  open: (root: string, only?: string) => void;
};

const SIGNERS_SHOWN = 3;

/** The columns of the table of trust roots. */
export function trustColumns(
  options: TrustColumnsOptions,
): Column<schema.TrustRootReport>[] {
  const { messages, openKey, toggle, open } = options;
  const { t } = messages;
  return [
    {
      id: 'root',
      minWidthPx: 150,
      label: t('trust.column.root'),
      render: root => (
        <TrustRootCell
          root={root}
          open={root.name === openKey}
          onToggle={() => toggle(root.name)}
        />
      ),
    },
    {
      id: 'signers',
      minWidthPx: 220,
      label: t('trust.column.signers'),
      render: root => (
        <TrustedSigners signers={root.signers} shown={SIGNERS_SHOWN} />
      ),
    },
    {
      id: 'expiry',
      minWidthPx: 150,
      label: t('trust.column.expiry'),
      render: root => <ExpirySummary expiries={root.expiries} />,
    },
    {
      id: 'policies',
      label: t('trust.column.policies'),
      render: root => <Policies policies={root.policies} messages={messages} />,
    },
    {
      id: 'images',
      minWidthPx: 170,
      label: t('trust.column.images'),
      render: root => (
        <ImageCounts
          images={root.images}
          onShow={only => open(root.name, only)}
        />
      ),
    },
  ];
}

function Policies(props: { policies: schema.PolicyRef[]; messages: Messages }) {
  const { policies, messages } = props;
  return policies.length === 0 ? (
    <>{messages.t('trust.unused')}</>
  ) : (
    <>
      {policies.map(({ name, title }) => (
        <div key={name}>
          <HostileText text={title ?? name} />
        </div>
      ))}
    </>
  );
}
