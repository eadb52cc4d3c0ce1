export { ClusterList } from './ClusterList';
export { ClusterPage } from './ClusterPage';
