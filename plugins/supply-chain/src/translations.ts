/**
 * The texts of the supply chain plugin.
 *
 * @packageDocumentation
 */
export { supplyChainTranslationRef, type MessageKey } from './translations/ref';
