/*
 * Rows as the migrations make them. Instants are RFC 3339 text; JSON columns are text.
 */
export * from './tables/clusterReports';
export * from './tables/inventory';
export * from './tables/evidence';
export * from './tables/exploitData';
export * from './tables/policyReports';
export * from './tables/sboms';
export * from './tables/sourceHints';
export * from './tables/uploads';
export * from './tables/verdicts';
export * from './tables/vulnerabilities';
export * from './tables/waivers';
