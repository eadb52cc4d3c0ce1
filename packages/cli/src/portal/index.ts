export * from './PortalClient';
export * from './portalAccess';
export * from './readPortalFacts';
