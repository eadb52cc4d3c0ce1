export const pluginId = 'supply-chain';
