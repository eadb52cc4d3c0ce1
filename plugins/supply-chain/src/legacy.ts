/**
 * The plugin for the old frontend system.
 *
 * @packageDocumentation
 */
export {
  EntitySupplyChainCard,
  EntitySupplyChainContent,
  EntitySupplyChainRollUpCard,
  isSupplyChainAvailable,
  supplyChainPlugin,
  SupplyChainPage,
} from './legacyPlugin';
export * from './api';
