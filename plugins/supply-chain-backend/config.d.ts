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
    /** Registries that need credentials or have something special about them. */
    registries?: Array<{
      /** Host as in image references, with port if there is one, for instance `registry.acme.example:5000`. */
      host: string;
      /** The credentials are used for repositories that start with this only. All of the host by default. */
      repositoryPrefix?: string;
      /** User name; needs `password`. */
      username?: string;
      /**
       * Password or access token.
       * @visibility secret
       */
      password?: string;
      /**
       * Identity token, in place of user name and password.
       * @visibility secret
       */
      identityToken?: string;
      /** Speak http. False by default. */
      insecure?: boolean;
      /** The host may resolve to a private or loopback address. False by default. */
      allowPrivateAddress?: boolean;
      /** Hosts of token services that may get the credentials, besides the registry's own. */
      tokenHosts?: string[];
      /** PEM certificates of the authority that issued the registry's certificate. */
      certificateAuthority?: string;
    }>;
    /** Hosts of registries the portal may speak to. All public ones by default. */
    registryAllowList?: string[];
    /** Limits of the registry client by name; all of them have defaults. */
    registryLimits?: { [name: string]: number };
    /**
     * The data comes from the sandbox, and every page says so. False by default.
     * @visibility frontend
     */
    sandbox?: boolean;
  };
}
