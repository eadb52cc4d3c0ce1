import { schema } from 'backstage-plugin-supply-chain-common';
import { usePolicies } from '../../hooks/usePolicies';
import { useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { SandboxBanner } from '../../ui/Banners';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { ResponsiveTable } from '../../ui/ResponsiveTable';
import { Frameworks } from './Frameworks';
import { PolicyDetails } from './PolicyDetails';
import { policyColumns } from './policyColumns';
import { RuleCatalogue } from './RuleCatalogue';
import { SourceProblems } from './SourceProblems';

/**
 * Which policies are in force: what they cover, what they ask, what comes of it, and which controls they serve.
 */
export function PoliciesPage() {
  const state = usePolicies();
  const classes = usePageStyles();
  return (
    <div className={classes.frame} data-supply-chain>
      <RemoteContent state={state}>
        {list => <PoliciesView list={list} />}
      </RemoteContent>
    </div>
  );
}

function PoliciesView(props: { list: schema.PolicyList }) {
  const { list } = props;
  const { items, notCovered, sandbox } = list;
  const messages = useMessages();
  const { t } = messages;
  const { get, set } = useUrlState();
  const classes = usePageStyles();
  const openKey = get('policy');
  const toggle = (policy: string) =>
    set({ policy: policy === openKey ? undefined : policy }, { push: true });
  return (
    <div className={classes.page}>
      <SandboxBanner sandbox={sandbox} />
      <SourceProblems sources={list.sources} />
      {notCovered > 0 && (
        <Notice tone="notApplicable" live={false}>
          {t('policies.notCovered', { count: notCovered })}
        </Notice>
      )}
      <Panel title={t('policies.title')} subtitle={t('policies.hint')}>
        <ResponsiveTable
          caption={t('policies.caption')}
          columns={policyColumns({ messages, openKey, toggle })}
          rows={items}
          keyOf={policy => policy.name}
          expansion={{
            openKey,
            nameOf: policy => policy.title ?? policy.name,
            details: policy => (
              <PolicyDetails policy={policy} catalogue={list.rules} />
            ),
          }}
          empty={t('policies.none')}
        />
      </Panel>
      <RuleCatalogue list={list} />
      <Frameworks list={list} />
    </div>
  );
}
