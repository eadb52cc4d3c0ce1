/** The page of policies, and what admission and coverage say on other pages. */
export const policies = {
  title: 'Policies',
  hint: 'What is asked of everything that runs, and what comes of it',
  caption:
    'Policies with what they cover, how they are enforced and what they come to',
  none: 'No policy is loaded. Without one nobody can tell whether anything complies.',
  notCovered_one: '{{count}} running image is covered by no policy.',
  notCovered_other: '{{count}} running images are covered by no policy.',
  column: {
    policy: 'Policy',
    covers: 'Covers',
    mode: 'At admission',
    services: 'Services',
    images: 'Running images',
  },
  mode: {
    audit: 'Audit',
    warn: 'Warn',
    enforce: 'Enforce',
  },
  modeMeaning: {
    audit: 'Everything is admitted; what fails is only noted.',
    warn: 'Everything is admitted; what fails comes with a warning.',
    enforce: 'What fails is refused.',
  },
  onUnknown: {
    deny: "What can't be told is refused under enforcement.",
    warn: "What can't be told is admitted with a warning under enforcement.",
    allow: "What can't be told is admitted under enforcement.",
  },
  match: {
    everything: 'everything that runs',
    entities: 'whatever belongs to a service',
    values: '{{key}}: {{values}}',
    key: {
      entities: 'service',
      'entities.kind': 'kind',
      'entities.type': 'type',
      'entities.namespace': 'namespace of the service',
      'entities.lifecycle': 'lifecycle',
      'entities.system': 'system',
      'entities.owner': 'owner',
      'entities.ref': 'service',
      clusters: 'cluster',
      namespaces: 'namespace',
      images: 'image',
    },
  },
  outcome: {
    nothing: 'nothing yet',
    outdated_one: '{{count}} image is still to be judged by this version',
    outdated_other: '{{count}} images are still to be judged by this version',
    show: 'Show services: {{outcome}}',
  },
  problem: {
    inForce:
      'The newest version of {{source}} does not load; the one before stays in force.',
    never: 'Nothing of {{source}} is in force: it does not load.',
    line: 'line {{line}}',
  },
  details: {
    covers: 'Covers',
    mode: 'At admission',
    enforcedAt: 'Where enforced',
    notReported:
      'No admission webhook has reported that it enforces this version.',
    trust: 'Must be signed under',
    ownImages: 'Our images',
    allOwn: 'every image',
    platformImages: 'Images of the platform',
    sourceRepositories: 'Built from',
    source: 'Document',
    loadedAt: 'as it is since',
    digest: 'Digest',
    any: 'any of',
    all: 'all of',
    atLeast: 'at least {{count}} of',
  },
  rules: {
    title: 'Rules of {{name}}',
    caption: 'Rules of the policy {{name}}',
    rule: 'Rule',
    severity: 'Severity',
    effective: 'In force',
    services: 'Services',
    images: 'Running images',
    controls: 'Controls',
    now: 'in force',
    until: 'warns until',
    expression: 'Expression',
    parameters: 'Parameters',
    noControls: 'none named',
  },
  catalogue: {
    title: 'Built-in rules',
    hint: 'what each is for, and what to do when it fails',
    caption: 'Built-in rules with motivation, remediation and controls',
    why: 'Why',
    what: 'What to do when it fails',
    controls: 'Controls',
    usedBy: 'Used by',
    unused: 'no policy',
  },
  frameworks: {
    title: 'Controls of public frameworks',
    hint: 'which rule in force serves which control',
    caption: 'Controls of {{framework}} with the rules that serve them',
    control: 'Control',
    rules: 'Rules in force',
    notEvaluated: 'Not evaluated',
    available: 'Could be served by {{rules}}',
    noRule: 'no built-in rule can tell',
    share: '{{served}} of {{total}} evaluated',
    nothing:
      'No rule names a control of this framework: nothing of it is evaluated here.',
    other: 'Other controls',
    read: 'the framework',
  },
  /** By id of the built-in rule: what its definition says. */
  ruleText: {
    'image-signed': {
      motivation:
        'Only a signature shows that the image is the one the trusted pipeline pushed, whoever can write to the registry.',
      remediation:
        'Sign the image by digest in the pipeline that pushes it, with a key or identity of a trust root the policy names.',
    },
    'not-content-trust-only': {
      motivation:
        "Docker Content Trust is being retired: Docker's own Notary service is gone and Azure Container Registry drops it on 2028-03-31. An image signed by nothing else loses its signature with the server.",
      remediation:
        'Sign the digest with cosign or the Notary Project as well, name its trust root in the policy, then leave content trust.',
    },
    'provenance-verified': {
      motivation:
        'Signed provenance shows which build platform made the image, from which source and by which workflow; without it an image from a laptop looks like one from the pipeline.',
      remediation:
        'Let the build platform write and sign SLSA provenance for the digest it pushes, with an identity or key of a trust root the policy names.',
    },
    'built-from-own-repository': {
      motivation:
        'A trusted pipeline also signs what a fork or another project builds; only the source repository tells that the reviewed code is what runs.',
      remediation:
        'Build the image from the repository the catalog names, or correct the source location and the list of source repositories in the policy.',
    },
    'registry-allowed': {
      motivation:
        'A registry that nobody vouches for can hand out anything under any name, and may be gone tomorrow.',
      remediation:
        'Copy the image to an allowed registry and deploy it from there, or have the registry reviewed and allowed.',
    },
    'digest-pinned': {
      motivation:
        'A tag can be moved: the next pod may run something nobody has looked at.',
      remediation:
        'Name the digest in the workload, beside the tag or instead.',
    },
    'evidence-fresh': {
      motivation:
        'A signature can be taken back and a key revoked; what was found long ago says nothing about today.',
      remediation:
        'Find out why the registry is not asked any more; the sources page shows what failed.',
    },
    'scan-fresh': {
      motivation:
        'New vulnerabilities become known every day; a scan says nothing about those found since.',
      remediation:
        'Find out why the scanner does not scan the image, and have it scanned.',
    },
    'no-known-exploited': {
      motivation:
        'Somebody uses the hole already, as the catalogue of CISA says; whether it is severe is no question any more.',
      remediation:
        'Update the packages named and deploy today; without a fix, take the service off the network or replace the package.',
    },
    'no-fixable-vulnerability': {
      motivation:
        'Where a fix exists, the way to use the hole is public as well; only the update is missing.',
      remediation:
        'Update the packages named, rebuild the image and deploy it.',
    },
  },
};

/** What admission does with an image. */
export const admission = {
  title: 'At admission',
  is: {
    deny: {
      fail: 'Is refused at admission',
      unpinnedReference:
        'Is refused at admission: the workload names no digest',
      unknown: 'Is refused at admission as unknown',
    },
    allowWithWarning: 'Is admitted with a warning',
    allow: 'Is admitted',
  },
  wouldBe: {
    deny: {
      fail: 'Would be refused at admission',
      unpinnedReference:
        'Would be refused at admission: the workload names no digest',
      unknown: 'Would be refused at admission as unknown',
    },
    allowWithWarning: 'Would be admitted with a warning',
    allow: 'Would be admitted',
  },
  because: {
    audit: 'the policy only audits, so it is admitted today',
    warn: 'the policy only warns, so it is admitted with a warning today',
    enforce: 'wherever an admission webhook enforces this policy',
  },
  also: {
    fail: 'a rule fails as well',
    unpinnedReference: 'the workload names no digest as well',
    unknown: "a rule can't be told as well",
    warn: 'a rule warns as well',
  },
};

/** Which policies do not cover an image, and why. */
export const coverage = {
  title: 'Not covered by',
  caption: 'Policies that do not cover this image, and why',
  policy: 'Policy',
  why: 'Why not',
  noEntity: 'It is about services, and the workload belongs to none.',
  other: 'It is about {{key}} {{wanted}}; this image has {{found}}.',
  nothing: 'It is about {{key}} {{wanted}}; this image has none.',
};
