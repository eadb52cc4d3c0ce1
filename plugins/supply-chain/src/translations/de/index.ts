export { germanMessages as default } from './germanMessages';
