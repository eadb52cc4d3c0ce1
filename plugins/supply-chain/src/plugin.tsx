import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import SecurityIcon from '@material-ui/icons/Security';
import { supplyChainApiRef, SupplyChainClient } from './api';
import { rootRouteRef } from './routes';

const SERVICE_KINDS = { kind: { $in: ['component', 'resource'] } };
const ROLL_UP_KINDS = { kind: { $in: ['system', 'domain', 'group'] } };

const supplyChainApi = ApiBlueprint.make({
  params: define =>
    define({
      api: supplyChainApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: dependencies => SupplyChainClient.create(dependencies),
    }),
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/supply-chain',
    title: 'Supply chain',
    group: 'operation',
    filter: SERVICE_KINDS,
    loader: () => import('./components/EntityTab').then(m => <m.EntityTab />),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'summary',
  params: {
    type: 'info',
    filter: SERVICE_KINDS,
    loader: () => import('./components/EntityCard').then(m => <m.EntityCard />),
  },
});

const rollUpCard = EntityCardBlueprint.make({
  name: 'roll-up',
  params: {
    type: 'info',
    filter: ROLL_UP_KINDS,
    loader: () => import('./components/EntityCard').then(m => <m.RollUpCard />),
  },
});

const page = PageBlueprint.make({
  params: {
    path: '/supply-chain',
    // Short: it stands in the sidebar.
    title: 'Supply chain',
    icon: <SecurityIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
  },
});

const overviewPage = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: 'Overview',
    loader: () => import('./components/Overview').then(m => <m.OverviewPage />),
  },
});

const unlinkedPage = SubPageBlueprint.make({
  name: 'not-linked',
  params: {
    path: 'not-linked',
    title: 'Not linked',
    loader: () => import('./components/Unlinked').then(m => <m.UnlinkedPage />),
  },
});

const vulnerabilitiesPage = SubPageBlueprint.make({
  name: 'vulnerabilities',
  params: {
    path: 'vulnerabilities',
    title: 'Vulnerabilities',
    loader: () =>
      import('./components/Vulnerabilities').then(m => (
        <m.VulnerabilitiesPage />
      )),
  },
});

const policiesPage = SubPageBlueprint.make({
  name: 'policies',
  params: {
    path: 'policies',
    title: 'Policies',
    loader: () => import('./components/Policies').then(m => <m.PoliciesPage />),
  },
});

const waiversPage = SubPageBlueprint.make({
  name: 'waivers',
  params: {
    path: 'waivers',
    title: 'Waivers',
    loader: () => import('./components/Waivers').then(m => <m.WaiversPage />),
  },
});

const trustPage = SubPageBlueprint.make({
  name: 'trust',
  params: {
    path: 'trust',
    title: 'Trust roots',
    loader: () => import('./components/Trust').then(m => <m.TrustPage />),
  },
});

const sourcesPage = SubPageBlueprint.make({
  name: 'sources',
  params: {
    path: 'sources',
    title: 'Sources',
    loader: () => import('./components/Sources').then(m => <m.SourcesPage />),
  },
});

// Every reason code leads to it, so it needs no tab.
const reasonsPage = PageBlueprint.make({
  name: 'reasons',
  params: {
    path: '/supply-chain/reasons',
    title: 'Reason codes',
    loader: () => import('./components/Reasons').then(m => <m.ReasonsPage />),
  },
});

// A page of its own, so that the tabs of the overview do not stand above an image. Without a route ref it
// stays out of the sidebar; links to it go through `imageRouteRef`, a sub route of the page above.
const imagePage = PageBlueprint.make({
  name: 'image',
  params: {
    path: '/supply-chain/images',
    title: 'Supply chain',
    loader: () =>
      import('./components/ImageRoutes').then(m => <m.ImageRoutes />),
  },
});

// As with images: a page of its own, which rows of other pages lead to.
const clusterPage = PageBlueprint.make({
  name: 'cluster',
  params: {
    path: '/supply-chain/clusters',
    title: 'Supply chain',
    loader: () =>
      import('./components/ClusterRoutes').then(m => <m.ClusterRoutes />),
  },
});

/**
 * The supply chain plugin for the new frontend system: tab, cards, overview and image page.
 *
 * @public
 */
export const supplyChainPlugin = createFrontendPlugin({
  pluginId: 'supply-chain',
  title: 'Supply chain security',
  icon: <SecurityIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [
    supplyChainApi,
    entityContent,
    entityCard,
    rollUpCard,
    page,
    overviewPage,
    unlinkedPage,
    vulnerabilitiesPage,
    policiesPage,
    waiversPage,
    trustPage,
    sourcesPage,
    reasonsPage,
    clusterPage,
    imagePage,
  ],
});
