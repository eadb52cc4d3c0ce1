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
    /**
     * What is known of exploits, beside what scanners say. Nothing is read by default: then rules and pages say that they
     * cannot tell. The last good document stays in use when a source fails, and its age is told.
     */
    vulnerabilities?: {
      /** The catalogue of known exploited vulnerabilities, in the JSON format of CISA KEV. Either `file` or `url`. */
      kev?: {
        /** Path of the file, packed with gzip or not; relative paths start at the folder the backend runs in. */
        file?: string;
        /**
         * Address of the file: https, unless its host is listed as `insecure` under `registries`. CISA's own is
         * `https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json`.
         */
        url?: string;
        /** How often it is looked at. Six hours for an address, one minute for a file by default. */
        refresh?: HumanDuration | string;
      };
      /** The scores of EPSS, in the CSV format of FIRST. Either `file` or `url`. */
      epss?: {
        /** Path of the file, packed with gzip or not; relative paths start at the folder the backend runs in. */
        file?: string;
        /**
         * Address of the file: https, unless its host is listed as `insecure` under `registries`. FIRST's own is
         * `https://epss.cyentia.com/epss_scores-current.csv.gz`.
         */
        url?: string;
        /** How often it is looked at. Six hours for an address, one minute for a file by default. */
        refresh?: HumanDuration | string;
      };
    };
    /** Modules of the bundle that are left out: `false` turns one off. All are on by default. */
    modules?: {
      /** Running images from Kubernetes. On by default. */
      kubernetes?: boolean;
      /** Cosign signatures. On by default. */
      sigstore?: boolean;
      /** Docker Content Trust (Notary v1). On by default. */
      contentTrust?: boolean;
      /** Signatures of the Notary Project. On by default. */
      notation?: boolean;
      /** Reports of Trivy Operator. On by default. */
      trivy?: boolean;
      /** Scans of Clair. On by default where `supplyChain.clair` is configured. */
      clair?: boolean;
    };
    /**
     * Which namespaces the annotations of entities may claim. A namespace that entries name belongs only to entities of
     * one of these entries; what others claim there is listed as not linked. Everything is free by default. Owner and
     * system come from the catalog: limit by what your catalog does not let everybody write, or by `ref`.
     */
    namespaceClaims?: Array<{
      /** Names of namespaces; `*` stands for any text, e.g. `payments-*`. */
      namespaces: string[];
      /** Names of clusters, as the portal knows them; `*` stands for any text. All of them by default. */
      clusters?: string[];
      /** The entities that may claim them, by one or more keys that must all match, as in `match.entities` of a policy. */
      entities: {
        /** Kinds, e.g. `component`. */
        kind?: string[];
        /** Types, e.g. `service`. */
        type?: string[];
        /** Namespaces of the catalog. */
        namespace?: string[];
        /** Lifecycles, e.g. `production`. */
        lifecycle?: string[];
        /** Systems, e.g. `checkout` or `system:default/checkout`. */
        system?: string[];
        /** Owners, e.g. `team-payments` or `group:default/team-payments`. */
        owner?: string[];
        /** Entities, e.g. `component:default/payments-api`. */
        ref?: string[];
      };
    }>;
    /** What holds for namespaces that no entry names: `allow` lets every entity claim them. `allow` by default. */
    namespaceClaimsDefault?: 'allow' | 'deny';
    /** What admission webhooks of clusters are told (`GET /api/supply-chain/verdicts`). */
    admission?: {
      /**
       * Ed25519 private key in PEM that signs the feed; webhooks pin its public key. Without it there is no feed, which
       * is the default.
       * @visibility secret
       */
      signingKey?: string;
      /** How long a page of the feed counts when a webhook cannot read a newer one. Six hours by default. */
      validity?: HumanDuration | string;
    };
    /** Images that entities name in the annotation `supply-chain/images`, at most 20 each. */
    annotatedImages?: {
      /**
       * Image patterns, e.g. `registry.acme.example/shop/**`: what any entity may name. An image of a registry that is
       * listed under `registries` is otherwise read, with its credentials, only while the entity that names it runs
       * something from the same repository; of other registries everything is read, anonymously. Empty by default.
       */
      allow?: string[];
    };
    /** Evidence that pipelines hand in (`PUT /api/supply-chain/evidence/{kind}`). */
    uploads?: {
      /** The most bytes of one report, packed or not. 20 MiB by default, at most 64 MiB. */
      maxBytes?: number;
    };
    /** Checks of images before they are deployed (`POST /api/supply-chain/check`). */
    check?: {
      /**
       * Which pipelines may ask about, and hand in evidence for, which entities. A caller of
       * `backend.auth.externalAccess` may do so for nothing else. Nobody by default.
       */
      subjects?: Array<{
        /**
         * The subject of the token; `*` stands for any text without `/` and `:`, `**` for any text. For GitHub Actions
         * e.g. `repo:acme/web:ref:refs/heads/main`, for GitLab `project_path:acme/web:ref_type:branch:ref:main`.
         */
        subject: string;
        /** The `subjectPrefix` of the issuer in `backend.auth.externalAccess`; give each issuer one. */
        subjectPrefix?: string;
        /** The entities it may ask about, e.g. `component:default/web`. */
        entities?: string[];
        /**
         * It may ask about the entities whose source location is the repository its subject names, on github.com or
         * gitlab.com. False by default.
         */
        fromSourceRepository?: boolean;
      }>;
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
