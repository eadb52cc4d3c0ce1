import { Route, Routes, useParams } from 'react-router-dom';
import { ImagePage } from './ImagePage';

function ImageRoute() {
  const { digest = '' } = useParams();
  return <ImagePage digest={digest} />;
}

/**
 * The routes below `/supply-chain/images`.
 */
export function ImageRoutes() {
  return (
    <Routes>
      <Route path=":digest" element={<ImageRoute />} />
    </Routes>
  );
}
