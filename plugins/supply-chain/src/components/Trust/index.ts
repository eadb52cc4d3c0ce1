export { TrustPage } from './TrustPage';
