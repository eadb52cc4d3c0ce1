import { schema } from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../hooks/useLinks';
import { useVulnerablePlacesExport } from '../../hooks/useVulnerabilityExports';
import { VulnerabilityFilters } from '../../hooks/useVulnerabilityFilters';
import { useMessages } from '../../translations/useMessages';
import { Panel } from '../../ui/Panel';
import { ResponsiveTable } from '../../ui/ResponsiveTable';
import { ExportMenu } from '../shared/ExportMenu';
import { OwnerSelect } from '../shared/OwnerSelect';
import { Pager } from '../shared/Pager';
import { placeColumns } from './placeColumns';

/**
 * The places where a vulnerability runs, an image once for each service, the worst first.
 */
export function VulnerablePlaces(props: {
  report: schema.VulnerabilityReport;
  filters: VulnerabilityFilters;
}) {
  const { id, items, total } = props.report;
  const { owner, query } = props.filters;
  const messages = useMessages();
  const { t } = messages;
  const links = useLinks();
  const exporting = useVulnerablePlacesExport({ id, owner: query.owner });
  return (
    <Panel
      title={t('vulnerabilities.places.title')}
      actions={
        <>
          <OwnerSelect owner={owner} />
          <ExportMenu source={exporting} count={total} />
        </>
      }
    >
      <ResponsiveTable
        caption={t('vulnerabilities.places.caption', { id })}
        columns={placeColumns({ id, messages, links })}
        rows={items}
        keyOf={({ entityRef, repository, digest }) =>
          [entityRef, repository, digest].join('|')
        }
        empty={t('vulnerabilities.places.none')}
      />
      {total > 0 && <Pager total={total} />}
    </Panel>
  );
}
