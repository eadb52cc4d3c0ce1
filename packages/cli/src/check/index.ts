export { checkCommand } from './checkCommand';
export { CHECK_OPTIONS, readCheckOptions } from './checkOptions';
export { reviewForCheck } from './reviewForCheck';
