import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { Header, HeaderTabs, Page } from '@backstage/core-components';
import { useNavigate } from 'react-router-dom';
import { useLinks } from '../hooks/useLinks';
import { useMessages } from '../translations/useMessages';
import { ClusterRoutes } from './ClusterRoutes';
import { ImageRoutes } from './ImageRoutes';
import { OverviewPage } from './Overview';
import { PoliciesPage } from './Policies';
import { ReasonsPage } from './Reasons';
import { SourcesPage } from './Sources';
import { TrustPage } from './Trust';
import { UnlinkedPage } from './Unlinked';
import { VulnerabilitiesPage } from './Vulnerabilities';
import { WaiversPage } from './Waivers';

const TABS = [
  'overview',
  'not-linked',
  'vulnerabilities',
  'policies',
  'waivers',
  'trust',
  'sources',
];

/**
 * The pages with the shell that the old frontend system leaves to the plugin.
 */
export function LegacyPage() {
  const { t } = useMessages();
  const links = useLinks();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const targets = [
    links.overview(),
    links.unlinked(),
    links.vulnerabilities(),
    links.policies(),
    links.waivers(),
    links.trust(),
    links.sources(),
  ];
  const selectedIndex = TABS.findIndex(tab =>
    pathname.replace(/\/$/, '').endsWith(`/${tab}`),
  );
  return (
    <Page themeId="tool">
      <Header title={t('overview.title')} subtitle={t('overview.subtitle')} />
      {selectedIndex >= 0 && (
        <HeaderTabs
          selectedIndex={selectedIndex}
          onChange={index => navigate(targets[index])}
          tabs={[
            { id: TABS[0], label: t('overview.tabs.overview') },
            { id: TABS[1], label: t('overview.tabs.unlinked') },
            { id: TABS[2], label: t('vulnerabilities.title') },
            { id: TABS[3], label: t('overview.tabs.policies') },
            { id: TABS[4], label: t('waivers.title') },
            { id: TABS[5], label: t('overview.tabs.trust') },
            { id: TABS[6], label: t('overview.tabs.sources') },
          ]}
        />
      )}
      <main
        style={{
          gridArea: 'pageContent',
          minWidth: 0,
          overflow: 'auto',
          paddingTop: 20,
        }}
      >
        <Routes>
          <Route path="overview" element={<OverviewPage />} />
          <Route path="not-linked" element={<UnlinkedPage />} />
          <Route path="vulnerabilities" element={<VulnerabilitiesPage />} />
          <Route path="policies" element={<PoliciesPage />} />
          <Route path="waivers" element={<WaiversPage />} />
          <Route path="trust" element={<TrustPage />} />
          <Route path="sources" element={<SourcesPage />} />
          <Route path="reasons" element={<ReasonsPage />} />
          <Route path="clusters/*" element={<ClusterRoutes />} />
          <Route path="images/*" element={<ImageRoutes />} />
          <Route
            index
            element={<Navigate to={`overview${search}`} replace />}
          />
        </Routes>
      </main>
    </Page>
  );
}
