export { CONTROL_ACTIONS } from './actions';
export type { ControlAction } from './actions';
export * from './ControlServer';
export type { ControlContext } from './startPod';
