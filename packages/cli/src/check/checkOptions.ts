import { OptionKind, ParsedOptions } from '../commandLine/parseOptions';
import {
  IMAGE_HELP,
  IMAGE_OPTIONS,
  readImageOptions,
  readInstant,
  readPolicyFile,
  VerifyOptions,
} from '../verify/verifyOptions';
import { readWhere } from './readWhere';

/** The options of `check` that are about a portal. */
export const PORTAL_OPTIONS = {
  portal: 'value',
  'token-env': 'value',
  'policy-name': 'value',
  wait: 'value',
} as const satisfies Readonly<Record<string, OptionKind>>;

/** The options of `check` by a policy file. */
export const CHECK_OPTIONS: Readonly<Record<string, OptionKind>> = {
  policy: 'value',
  evidence: 'several',
  'scanned-at': 'value',
  kev: 'value',
  entity: 'value',
  'entity-file': 'value',
  cluster: 'value',
  namespace: 'value',
  'save-facts': 'value',
  ...IMAGE_OPTIONS,
};

/** The help of `check`. */
export const CHECK_HELP = `Usage: supply-chain check IMAGE… --policy FILE [options]
       supply-chain check IMAGE… --portal URL --entity REF [options]

Checks images against every rule of a policy. A tag is resolved once; what is judged is printed as repository@digest, to
be deployed exactly so.

Options:
  --policy FILE             policies, trust roots and waivers (YAML)
  --evidence FILE           a report of a scan of one of the images: "trivy image --format json", "grype --output json",
                            CycloneDX with vulnerabilities, or "trivy image --format sarif"; or OpenVEX that names the
                            digest of one; may be repeated
  --scanned-at RFC3339      when the scan was made of which a file is SARIF; that of Trivy does not say it
  --kev FILE                the catalogue of known exploited vulnerabilities (JSON of CISA KEV, packed with gzip or not);
                            without it rules about exploits cannot tell
  --entity REF              the entity the images belong to, such as component:default/web
  --entity-file FILE        its descriptor (catalog-info.yaml): lifecycle, owner and source location are known then
  --cluster NAME            where they will run; with --namespace
  --namespace NAME          where they will run; with --cluster
  --save-facts FILE         keep what was judged on, for "policy test" and "policy diff"
${IMAGE_HELP}

In place of --policy, a portal decides; then only --entity, --cluster, --namespace, --output and --timeout are taken:
  --portal URL              address of its backend, https
  --token-env NAME          environment variable with the token of the job; SUPPLY_CHAIN_TOKEN by default
  --policy-name NAME        the only policy to judge by
  --wait SECONDS            ask again while something is not collected or not scanned yet

In GitHub Actions the outputs "digest", "image" and "outcome" of the step are set, and its summary is written.

Credentials come from the "auths" of $DOCKER_CONFIG/config.json or ~/.docker/config.json.

Exit codes, over several images the worst in the order 2 > 1 > 3 > 4 > 0:
  0  pass (also: warn, waived)
  1  fail
  2  usage or configuration: also a policy that does not load, or evidence that cannot be read
  3  cannot tell, or no policy covers the image
  4  --wait is over, and something is still not collected or not scanned
`;

/** What `check` is asked. */
export type CheckOptions = VerifyOptions & {
  evidenceFiles: string[];
  /** When the scans were made that do not say it. */
  scannedAt?: Date;
  /** The catalogue of known exploited vulnerabilities. */
  kevFile?: string;
  entity: { reference?: string; file?: string };
  /** Absent: not known. */
  where?: { cluster: string; namespace: string };
  /** Where what was judged on is kept. */
  factsFile?: string;
};

/** Turns arguments into options. */
export function readCheckOptions(options: ParsedOptions): CheckOptions {
  const reference = options.value('entity');
  const file = options.value('entity-file');
  const where = readWhere(options);
  const factsFile = options.value('save-facts');
  const kevFile = options.value('kev');
  const scannedAt = readInstant('scanned-at', options.value('scanned-at'));
  return {
    ...readImageOptions(options),
    policyFile: readPolicyFile(options),
    evidenceFiles: [...new Set(options.values('evidence'))],
    ...(scannedAt && { scannedAt }),
    entity: {
      ...(reference !== undefined && { reference }),
      ...(file !== undefined && { file }),
    },
    ...(kevFile !== undefined && { kevFile }),
    ...(where && { where }),
    ...(factsFile !== undefined && { factsFile }),
  };
}
