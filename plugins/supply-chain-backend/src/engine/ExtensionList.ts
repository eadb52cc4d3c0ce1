import {
  EvidenceCollector,
  EvidenceFeed,
  InventoryFeed,
  NotificationReceiver,
  PolicyReportFeed,
  SbomFeed,
  SupplyChainEvidenceExtensionPoint,
  SupplyChainInventoryExtensionPoint,
} from 'backstage-plugin-supply-chain-node';

/** What modules added, each id once. */
export class ExtensionList
  implements
    SupplyChainInventoryExtensionPoint,
    SupplyChainEvidenceExtensionPoint
{
  readonly #inventoryFeeds: InventoryFeed[] = [];
  readonly #evidenceFeeds: EvidenceFeed[] = [];
  readonly #policyReportFeeds: PolicyReportFeed[] = [];
  readonly #sbomFeeds: SbomFeed[] = [];
  readonly #collectors: EvidenceCollector[] = [];
  readonly #receivers: NotificationReceiver[] = [];

  addInventoryFeed(...feeds: InventoryFeed[]): void {
    addEach('inventory feed', this.#inventoryFeeds, feeds);
  }

  addEvidenceFeed(...feeds: EvidenceFeed[]): void {
    addEach('evidence feed', this.#evidenceFeeds, feeds);
  }

  addPolicyReportFeed(...feeds: PolicyReportFeed[]): void {
    addEach('policy report feed', this.#policyReportFeeds, feeds);
  }

  addSbomFeed(...feeds: SbomFeed[]): void {
    addEach('SBOM feed', this.#sbomFeeds, feeds);
  }

  addCollector(...collectors: EvidenceCollector[]): void {
    addEach('evidence collector', this.#collectors, collectors);
  }

  addNotificationReceiver(...receivers: NotificationReceiver[]): void {
    addEach('notification receiver', this.#receivers, receivers);
  }

  /** Everything that was added so far. */
  lists() {
    return {
      inventoryFeeds: [...this.#inventoryFeeds],
      evidenceFeeds: [...this.#evidenceFeeds],
      policyReportFeeds: [...this.#policyReportFeeds],
      sbomFeeds: [...this.#sbomFeeds],
      collectors: [...this.#collectors],
      receivers: [...this.#receivers],
    };
  }
}

function addEach<T extends { readonly id: string }>(
  what: string,
  known: T[],
  added: T[],
): void {
  for (const each of added) {
    if (known.some(other => other.id === each.id)) {
      throw new Error(
        `The ${what} '${each.id}' has been added before; expected each id once`,
      );
    }
    known.push(each);
  }
}
