import { Route, Routes, useParams } from 'react-router-dom';
import { usePageStyles } from '../ui/pageStyles';
import { ClusterList, ClusterPage } from './Clusters';

function ClustersRoute() {
  const classes = usePageStyles();
  return (
    <div className={classes.frame} data-supply-chain>
      <ClusterList />
    </div>
  );
}

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
      <Route path="/" element={<ClustersRoute />} />
      <Route path=":cluster" element={<ClusterRoute />} />
    </Routes>
  );
}
