import { HumanDuration } from '@backstage/types';

/** The configuration this package reads. @public */
export interface Config {
  supplyChain?: {
    kubernetes?: {
      /**
       * Names of the clusters to read, as the portal knows them. All of them by default.
       */
      clusters?: string[];
      /**
       * Namespaces to read, each by its own request, so that roles of these namespaces are enough. All by default.
       */
      namespaces?: string[];
      /**
       * How often the list of clusters is read. One minute by default.
       */
      pollInterval?: HumanDuration | string;
      /**
       * Whether the reports of other enforcers, such as Kyverno, are read from these clusters. True by default; a
       * cluster without their definitions is no error.
       */
      policyReports?: boolean;
    };
  };
}
