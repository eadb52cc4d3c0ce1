/**
 * The collector alone, without anything of Backstage at run time.
 *
 * @packageDocumentation
 */
export { NotationCollector } from './NotationCollector';
