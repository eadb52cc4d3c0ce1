export interface Config {
  supplyChain?: {
    /**
     * Clusters that are reached by their own addresses, for portals without the Kubernetes plugin. They stand beside
     * those of the plugin, which is asked as long as there is a section `kubernetes`; a name may stand in one place
     * only. Programs and browser sign-ins of a kubeconfig (`exec`, `auth-provider`) are not supported: use the token of
     * a service account. Files are read again for every request, so a token or certificate that is replaced counts at
     * once.
     */
    clusters?: Array<{
      /** Name of the cluster, on pages and in policies. */
      name: string;
      /**
       * Address of the API server, e.g. `https://10.0.0.1:6443`; https, or plain http on the loopback interface as
       * `kubectl proxy` speaks it. Left out with `inCluster`.
       */
      url?: string;
      /**
       * The cluster the backend itself runs in, by the service account of its pod: nothing else is set beside `name`.
       * Default: false.
       */
      inCluster?: boolean;
      /**
       * Bearer token of a service account.
       * @visibility secret
       */
      serviceAccountToken?: string;
      /** File with the token, in place of `serviceAccountToken`. */
      serviceAccountTokenFile?: string;
      /** File with the certificates trusted for this cluster in place of the public authorities, in PEM. */
      caFile?: string;
      /** The certificates themselves, in PEM or, as a kubeconfig has them, that in base64. */
      caData?: string;
      /** File with a client certificate, in PEM; needs `keyFile`. */
      certFile?: string;
      /** File with the private key of the client certificate, in PEM. */
      keyFile?: string;
      /**
       * Do not check the certificate of the server. Whoever stands between can then answer in its place and read the
       * token; the page of sources says so as long as it is set. Default: false.
       */
      skipTLSVerify?: boolean;
    }>;
    /**
     * Registries with credentials or exceptions. Others are read anonymously, over https, at public addresses. The
     * exceptions hold for the TUF mirrors of trust roots too; credentials are never sent to those.
     */
    registries?: Array<{
      /** Host as in references, with its port where one is written, e.g. `registry.acme.example:5000`. */
      host: string;
      /**
       * The credentials are used only for repositories at or below this path, e.g. `shop`.
       * Default: the whole registry.
       */
      repositoryPrefix?: string;
      /** User name; needs `password`. */
      username?: string;
      /** @visibility secret */
      password?: string;
      /**
       * Refresh token, exchanged at the token service of the registry.
       * @visibility secret
       */
      identityToken?: string;
      /**
       * The credentials are used only for images that run in one of these clusters, in one of these namespaces, for one
       * of these entities; keys that are left out do not narrow. Evidence belongs to the image: one allowed place is
       * enough, and whoever may see another place of the same image sees what was found. Other images are read
       * anonymously, also where a shorter `repositoryPrefix` has credentials. Default: every image that runs.
       */
      onlyFor?: {
        /** Names of clusters, or globs: `*` stands for any characters but `/`, `**` for any. */
        clusters?: string[];
        /** Names of namespaces, or globs. */
        namespaces?: string[];
        /** Full entity refs, or globs over them, e.g. `component:payments/*`. */
        entities?: string[];
      };
      /** Speak plain http to this host. Default: false. */
      insecure?: boolean;
      /** Allow the host to have private, loopback and link-local addresses. Default: false. */
      allowPrivateAddress?: boolean;
      /** Hosts of token services outside the registry's own domain. */
      tokenHosts?: string[];
      /** PEM certificates trusted for this host in place of the public authorities. */
      certificateAuthority?: string;
    }>;
    /** The only registries that are asked, by host. Default: every public one. */
    registryAllowList?: string[];
    /** Limits of every look at a registry. */
    registryLimits?: {
      /** Largest manifest, index or page of referrers. Default: 4 MiB. */
      manifestMaxBytes?: number;
      /** Largest blob. Default: 16 MiB. */
      blobMaxBytes?: number;
      /** Time for one look with its authentication, redirects and pages. Default: 60000. */
      totalTimeoutMs?: number;
      /** Time to connect. Default: 5000. */
      connectTimeoutMs?: number;
      /** Time until an answer begins. Default: 15000. */
      headersTimeoutMs?: number;
      /** Longest pause within an answer. Default: 15000. */
      bodyTimeoutMs?: number;
      /** Looks in flight for one registry. Default: 4. */
      concurrencyPerRegistry?: number;
      /** Redirects followed for one request. Default: 5. */
      redirectsMax?: number;
      /** Pages of referrers read for one image. Default: 16. */
      referrerPagesMax?: number;
      /** Referrers read for one image. Default: 256. */
      referrersMax?: number;
      /** Longest `Retry-After` that is honoured. Default: 900000. */
      retryAfterMaxMs?: number;
    };
  };
}
