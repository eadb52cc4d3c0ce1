import { ReactNode, useState } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useRuleTitle } from '../../hooks/useRuleTitle';
import { usePageState, useUrlState } from '../../hooks/useUrlState';
import { useWaivers, WaiverVerb } from '../../hooks/useWaivers';
import { useMessages } from '../../translations/useMessages';
import { SandboxBanner } from '../../ui/Banners';
import { FilterBar } from '../../ui/Filters';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { ResponsiveTable } from '../../ui/ResponsiveTable';
import { TabBar } from '../../ui/TabBar';
import { Pager } from '../shared/Pager';
import { SearchField } from '../shared/UrlFilters';
import { DecideDialog } from './DecideDialog';
import { waiverColumns } from './waiverColumns';
import { WaiverDetails } from './WaiverDetails';
import { Choice, WAIVER_LISTS, WaiverList } from './waiverLists';

/**
 * What may fail for a while: requests that wait, waivers in force, those that end soon, and those that are over.
 */
export function WaiversPage() {
  const { get } = useUrlState();
  const { page, pageSize } = usePageState();
  const classes = usePageStyles();
  const list = WAIVER_LISTS.find(each => each === get('state')) ?? 'pending';
  const state = useWaivers({
    state: list,
    search: get('search'),
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <div className={classes.frame} data-supply-chain>
      <Lists
        list={list}
        counts={state.status === 'ready' ? state.value.counts : undefined}
      >
        <RemoteContent state={state}>
          {waivers => (
            <WaiversView list={list} page={waivers} reload={state.reload} />
          )}
        </RemoteContent>
      </Lists>
    </div>
  );
}

function Lists(props: {
  list: WaiverList;
  counts: schema.WaiverCounts | undefined;
  children: ReactNode;
}) {
  const { list, counts, children } = props;
  const { t, number } = useMessages();
  const { set } = useUrlState();
  const classes = usePageStyles();
  return (
    <Panel
      title={t('waivers.title')}
      subtitle={t('waivers.hint')}
      actions={
        <FilterBar>
          <SearchField />
        </FilterBar>
      }
    >
      <div className={classes.page}>
        <TabBar
          label={t('waivers.tabs.label')}
          tabs={WAIVER_LISTS.map(id => ({
            id,
            label: counts
              ? `${t(`waivers.tabs.${id}`)} ${number(counts[id])}`
              : t(`waivers.tabs.${id}`),
          }))}
          selected={list}
          onSelect={state =>
            set({ state, page: undefined, waiver: undefined }, { push: true })
          }
        >
          {children}
        </TabBar>
      </div>
    </Panel>
  );
}

function WaiversView(props: {
  list: WaiverList;
  page: schema.WaiverPage;
  reload: () => void;
}) {
  const { list, page, reload } = props;
  const messages = useMessages();
  const { t } = messages;
  const { get, set } = useUrlState();
  const ruleTitle = useRuleTitle();
  const classes = usePageStyles();
  const [choice, setChoice] = useState<Choice>();
  const [done, setDone] = useState<WaiverVerb>();
  const openKey = get('waiver');
  const toggle = (id: string) =>
    set({ waiver: id === openKey ? undefined : id }, { push: true });
  return (
    <div className={classes.page}>
      <SandboxBanner sandbox={page.sandbox} />
      <div role="status" className={classes.secondary}>
        {done && t(`waivers.decide.done.${done}`)}
      </div>
      <ResponsiveTable
        caption={t(`waivers.caption.${list}`)}
        columns={waiverColumns({
          messages,
          ruleTitle,
          openKey,
          toggle,
          decide: setChoice,
        })}
        rows={page.items}
        keyOf={waiver => waiver.id}
        expansion={{
          openKey,
          nameOf: waiver => ruleTitle(waiver.rule),
          details: waiver => <WaiverDetails waiver={waiver} />,
        }}
        empty={get('search') ? undefined : t(`waivers.none.${list}`)}
      />
      {page.total > 0 && <Pager total={page.total} />}
      {choice && (
        <DecideDialog
          choice={choice}
          onClose={() => setChoice(undefined)}
          onDone={() => {
            setDone(choice.verb);
            setChoice(undefined);
            reload();
          }}
        />
      )}
    </div>
  );
}
