import { HumanDuration } from '@backstage/types';

/** The configuration this package reads. @public */
export interface Config {
  supplyChain?: {
    trivy?: {
      /**
       * Names of the clusters to read reports from, as the Kubernetes plugin knows them. All of them by default.
       */
      clusters?: string[];
      /**
       * Namespaces to read reports from, each by its own request. All by default.
       */
      namespaces?: string[];
      /**
       * Whether reports on configuration, roles, the control plane and exposed secrets are read too. `true` by default.
       */
      checks?: boolean;
      /**
       * How often the list of clusters is read. One minute by default.
       */
      pollInterval?: HumanDuration | string;
    };
  };
}
