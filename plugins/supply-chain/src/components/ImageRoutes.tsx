import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { useLinks } from '../hooks/useLinks';
import { ImagePage } from './ImagePage';

function ImageRoute() {
  const { digest = '' } = useParams();
  return <ImagePage digest={digest} />;
}

/**
 * The routes below `/supply-chain/images`. There is no list of images: the overview has them by their services.
 */
export function ImageRoutes() {
  const links = useLinks();
  return (
    <Routes>
      <Route path=":digest" element={<ImageRoute />} />
      <Route path="*" element={<Navigate to={links.overview()} replace />} />
    </Routes>
  );
}
