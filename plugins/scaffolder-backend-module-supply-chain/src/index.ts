export { scaffolderModuleSupplyChain as default } from './module';
