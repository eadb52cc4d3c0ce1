import { Route, Routes, useParams } from 'react-router-dom';
import { ClusterListPage, ClusterPage } from './Clusters';

function ClusterRoute() {
  const { cluster = '' } = useParams();
  return <ClusterPage cluster={cluster} />;
}

/**
 * The routes below `/supply-chain/clusters`.
 */
export function ClusterRoutes() {
  return (
    <Routes>
      <Route path="/" element={<ClusterListPage />} />
      <Route path=":cluster" element={<ClusterRoute />} />
    </Routes>
  );
}
