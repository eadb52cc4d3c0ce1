import { HumanDuration } from '@backstage/types';

/** The configuration this package reads. @public */
export interface Config {
  supplyChain?: {
    /**
     * Where policy and trust root documents stand. Each entry has either `file` or `url`. Read again every 30 seconds;
     * one that does not load leaves the last good version in force.
     */
    policies?: Array<{
      /** Path of a YAML file; relative paths start at the folder the backend runs in. */
      file?: string;
      /** Address of a YAML file, https only. Its documents may not name local files. */
      url?: string;
    }>;
    /** Modules of the bundle that are left out: `false` turns one off. All are on by default. */
    modules?: {
      /** Running images from Kubernetes. On by default. */
      kubernetes?: boolean;
      /** Cosign signatures. On by default. */
      sigstore?: boolean;
      /** Reports of Trivy Operator. On by default. */
      trivy?: boolean;
    };
    /** How images are looked at again. */
    reverification?: {
      /** Every image that runs is looked at again after this long. Six hours by default. */
      interval?: HumanDuration | string;
      /** How many images one replica looks at at once. 8 by default. */
      concurrency?: number;
    };
    /** How long things are kept. */
    retention?: {
      /** What no longer runs is kept as last known state for this long. 30 days by default. */
      images?: HumanDuration | string;
      /** How long history is kept. 400 days by default. */
      history?: HumanDuration | string;
    };
    /** The data comes from the sandbox, and every page says so. False by default. */
    sandbox?: boolean;
  };
}
