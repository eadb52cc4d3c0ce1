import { schema } from 'backstage-plugin-supply-chain-common';
import { useTrustRoots } from '../../hooks/useTrustRoots';
import { useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { SandboxBanner } from '../../ui/Banners';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { ResponsiveTable } from '../../ui/ResponsiveTable';
import { ContentTrustRetirement } from './ContentTrustRetirement';
import { trustColumns } from './trustColumns';
import { TrustRootDetails } from './TrustRootDetails';

/**
 * Whose signatures count: every trust root with who signs, what ends, where it is used and which images stand on it.
 */
export function TrustPage() {
  const state = useTrustRoots();
  const classes = usePageStyles();
  return (
    <div className={classes.frame} data-supply-chain>
      <RemoteContent state={state}>
        {list => <TrustView list={list} />}
      </RemoteContent>
    </div>
  );
}

function TrustView(props: { list: schema.TrustRootList }) {
  const { items, contentTrustOnly, sandbox } = props.list;
  const messages = useMessages();
  const { t } = messages;
  const { get, set } = useUrlState();
  const classes = usePageStyles();
  const openKey = get('root');
  const open = (root: string, only?: string) =>
    set({ root, only, page: undefined }, { push: true });
  const toggle = (root: string) =>
    set(
      {
        root: root === openKey ? undefined : root,
        only: undefined,
        page: undefined,
      },
      { push: true },
    );
  return (
    <div className={classes.page}>
      <SandboxBanner sandbox={sandbox} />
      {contentTrustOnly > 0 && (
        <ContentTrustRetirement count={contentTrustOnly} />
      )}
      <Panel title={t('trust.title')} subtitle={t('trust.hint')}>
        <ResponsiveTable
          caption={t('trust.caption')}
          columns={trustColumns({ messages, openKey, toggle, open })}
          rows={items}
          keyOf={root => root.name}
          expansion={{
            openKey,
            nameOf: root => root.title ?? root.name,
            details: root => <TrustRootDetails root={root} />,
          }}
          empty={t('trust.none')}
        />
      </Panel>
    </div>
  );
}
