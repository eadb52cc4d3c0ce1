import { HumanDuration } from '@backstage/types';

/** The configuration this package reads. @public */
export interface Config {
  supplyChain?: {
    /**
     * Clair v4, which is asked about every image that runs. Without this key it is not asked.
     */
    clair?: {
      /**
       * Address of Clair in combo mode, for instance `https://clair.acme.example`. Left out where `indexer` and
       * `matcher` are given.
       */
      url?: string;
      /**
       * Address of the indexer, where it is another than `url`.
       */
      indexer?: string;
      /**
       * Address of the matcher, where it is another than `url`.
       */
      matcher?: string;
      /**
       * Address of the notifier, where it is another than `url`. Its webhook goes to
       * `/api/supply-chain/notifications/clair` and is taken where `psk` is configured.
       */
      notifier?: string;
      /**
       * What requests are signed with (`auth.psk` of Clair). Without it they are not signed, which Clair accepts only
       * where it asks for nothing.
       */
      psk?: {
        /**
         * The key as Clair's own configuration has it: base64.
         *
         * @visibility secret
         */
        key: string;
        /**
         * One of the issuers Clair lists under `auth.psk.iss`.
         */
        issuer: string;
      };
      /**
       * How often a scan is made anew. Not sooner than Clair's answers may be kept. Six hours by default.
       */
      refreshInterval?: HumanDuration | string;
      /**
       * A vulnerability database that was last changed longer ago counts as stale, and its scans are as old as it is.
       * Seven days by default.
       */
      databaseMaxAge?: HumanDuration | string;
      /**
       * How long Clair may take to fetch and index an image. Ten minutes by default.
       */
      indexTimeout?: HumanDuration | string;
      /**
       * How many images are scanned at the same time. Two by default.
       */
      concurrency?: number;
    };
  };
}
