import { HumanDuration } from '@backstage/types';

/** The configuration this package reads. @public */
export interface Config {
  supplyChain?: {
    trivy?: {
      /**
       * Names of the clusters to read reports from, as the portal knows them. All of them by default.
       */
      clusters?: string[];
      /**
       * Namespaces to read reports from, each by its own request. All by default.
       */
      namespaces?: string[];
      /**
       * Whether reports on configuration, roles, the control plane and exposed secrets are read too, and those on the
       * cluster as a whole. `true` by default.
       */
      checks?: boolean;
      /**
       * Whether SBOMs are read, for the contents of images and of clusters. `true` by default.
       */
      sboms?: boolean;
      /**
       * How often the list of clusters is read. One minute by default.
       */
      pollInterval?: HumanDuration | string;
      /**
       * Takes the operator's webhook broadcast, at `/api/supply-chain/notifications/trivy-operator?cluster=<name>`:
       * reports that changed are then read again at once. Without this key nothing is taken.
       */
      webhook?: {
        /**
         * What the operator sends as `Authorization: Bearer <token>`; at least 32 characters.
         *
         * @visibility secret
         */
        token: string;
      };
    };
  };
}
