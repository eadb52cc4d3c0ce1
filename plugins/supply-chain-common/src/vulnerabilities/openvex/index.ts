export { isOpenVex, parseOpenVex, VEX_MAX_BYTES } from './parseOpenVex';
