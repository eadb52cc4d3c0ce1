import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { EvidenceCollector } from './EvidenceCollector';
import { EvidenceFeed } from './EvidenceFeed';
import { InventoryFeed } from './InventoryFeed';
import { NotificationReceiver } from './NotificationReceiver';
import { PolicyReportFeed } from './PolicyReportFeed';
import { SbomFeed } from './SbomFeed';

/**
 * Where modules add sources of running images.
 *
 * @public
 */
export interface SupplyChainInventoryExtensionPoint {
  /** Adds feeds; throws when an id is taken. */
  addInventoryFeed(...feeds: InventoryFeed[]): void;
}

/**
 * Extension point `supply-chain.inventory`.
 *
 * @public
 */
export const supplyChainInventoryExtensionPoint =
  createExtensionPoint<SupplyChainInventoryExtensionPoint>({
    id: 'supply-chain.inventory',
  });

/**
 * Where modules add sources of evidence.
 *
 * @public
 */
export interface SupplyChainEvidenceExtensionPoint {
  /** Adds collectors; throws when an id is taken. */
  addCollector(...collectors: EvidenceCollector[]): void;
  /** Adds feeds; throws when an id is taken. */
  addEvidenceFeed(...feeds: EvidenceFeed[]): void;
  /** Adds feeds of other enforcers' results; throws when an id is taken. */
  addPolicyReportFeed(...feeds: PolicyReportFeed[]): void;
  /** Adds feeds of SBOMs; throws when an id is taken. */
  addSbomFeed(...feeds: SbomFeed[]): void;
  /** Adds receivers of what other systems push; throws when an id is taken. */
  addNotificationReceiver(...receivers: NotificationReceiver[]): void;
}

/**
 * Extension point `supply-chain.evidence`.
 *
 * @public
 */
export const supplyChainEvidenceExtensionPoint =
  createExtensionPoint<SupplyChainEvidenceExtensionPoint>({
    id: 'supply-chain.evidence',
  });
