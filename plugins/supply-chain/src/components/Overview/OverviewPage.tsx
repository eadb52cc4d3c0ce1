import { schema } from 'backstage-plugin-supply-chain-common';
import {
  FilteredOverview,
  useOverviewFilters,
} from '../../hooks/useOverviewFilters';
import { useMessages } from '../../translations/useMessages';
import { useOverviewExport } from '../../hooks/useOverviewExport';
import { SandboxBanner } from '../../ui/Banners';
import { SourceBanners } from '../shared/SourceBanners';
import { ExportMenu } from '../shared/ExportMenu';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { TimeAgo } from '../../ui/TimeAgo';
import { Changes } from './Changes';
import { Checklist } from './Checklist';
import { Figures } from './Figures';
import { OverviewFilterBar } from './OverviewFilterBar';
import { PolicyFilterNotice } from './PolicyFilterNotice';
import { ServiceTable } from './ServiceTable';

/**
 * Everything that runs, for the services the user may see.
 */
export function OverviewPage() {
  const filtered = useOverviewFilters();
  const classes = usePageStyles();
  return (
    <div className={classes.frame} data-supply-chain>
      <RemoteContent state={filtered.overview}>
        {overview => <OverviewView overview={overview} filtered={filtered} />}
      </RemoteContent>
    </div>
  );
}

function OverviewView(props: {
  overview: schema.Overview;
  filtered: FilteredOverview;
}) {
  const { overview, filtered } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const exporting = useOverviewExport(filtered.query);
  const { checklist } = overview;
  return (
    <div className={classes.page}>
      <SandboxBanner sandbox={overview.sandbox} />
      <SourceBanners sources={overview.sources} />
      {checklist.some(item => !item.done) && <Checklist items={checklist} />}
      <OverviewFilterBar filters={filtered.filters} facets={overview.facets} />
      <PolicyFilterNotice filters={filtered.filters} />
      <Figures figures={overview.figures} />
      <Changes changes={overview.changes} />
      <ServiceTable
        overview={overview}
        filters={filtered.filters}
        actions={
          <>
            <span className={classes.secondary}>
              {t('overview.asOf')} <TimeAgo at={overview.asOf} />
            </span>
            <ExportMenu source={exporting} count={overview.total} />
          </>
        }
      />
    </div>
  );
}
