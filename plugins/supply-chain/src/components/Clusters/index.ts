export { ClusterList, ClusterListPage } from './ClusterList';
export { ClusterPage } from './ClusterPage';
