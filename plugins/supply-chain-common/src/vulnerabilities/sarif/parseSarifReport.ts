import { parseDigest } from '../../model/digest';
import { VulnerabilityFinding } from '../../model/vulnerability';
import { httpsLink, instant, shortText } from '../../text/reportValues';
import { definedOnly } from '../definedOnly';
import { digestsIn, imagePath, scannerOf } from '../scannedImage';
import { severityOf } from '../scannerValues';
import {
  expectFormat,
  Json,
  listOf,
  recordOf,
  recordsOf,
  ReportProblem,
  ScanReport,
} from '../scanReport';
import { settledFindings } from '../settledFindings';
import { identify } from '../vulnerabilityIds';

const OS_PACKAGE = 'OsPackageVulnerability';

/** Names of Trivy's rules about vulnerabilities; those about secrets, settings and licences are of other kinds. */
const VULNERABILITY_RULES: readonly unknown[] = [
  OS_PACKAGE,
  'LanguageSpecificPackageVulnerability',
];

/** What Trivy writes into the message of a result, line by line. */
const MESSAGE =
  /^Package: ([^\n]+)\nInstalled Version: ([^\n]*)\nVulnerability ([^\n]+)\nSeverity: ([^\n]*)\nFixed Version: ([^\n]*)\nLink: /;

/**
 * Reads the SARIF of `trivy image --format sarif`: the only one that names the digest of what was scanned. It has less
 * than the other formats: no package URLs, ratings, layers or platform, and its findings only in the text of messages.
 * Those that are suppressed count as well: only the policy sets aside.
 *
 * @param scannedAt - RFC 3339, for a document that does not say when its scan ended
 * @throws ReportProblem
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://github.com/aquasecurity/trivy/blob/dc3c56ee/pkg/report/sarif.go
 */
export function readSarifReport(value: Json, scannedAt?: string): ScanReport {
  expectFormat('version', value.version, ['2.1.0']);
  const [run, another] = recordsOf(value.runs);
  const driver = recordOf(recordOf(run?.tool).driver);
  expectFormat('the tool', driver.name, ['Trivy']);
  if (another) {
    throw new ReportProblem('malformedReport', 'it has more than one run');
  }
  const time = timeOf(run) ?? instant(scannedAt);
  if (!time) {
    throw new ReportProblem(
      'malformedReport',
      'it does not say when it was made (invocations, endTimeUtc), and nobody says it beside it',
    );
  }
  const rules = new Map(recordsOf(driver.rules).map(rule => [rule.id, rule]));
  const image = recordOf(run.properties);
  return {
    format: 'sarif',
    digests: digestsIn([...listOf(image.repoDigests), image.imageName]),
    coversPackages: [...rules.values()].some(isOfVulnerability),
    ...definedOnly({
      artifactName: shortText(image.imageName, 512),
      imageId: parseDigest(image.imageID),
    }),
    detail: {
      scanner: scannerOf('Trivy', driver.version),
      scannedAt: time,
      findings: findingsOf(run.results, rules),
    },
  };
}

function timeOf(run: Json): string | undefined {
  const times = recordsOf(run.invocations).flatMap(
    ({ endTimeUtc }) => instant(endTimeUtc) ?? [],
  );
  return times.sort()[0];
}

function findingsOf(
  results: unknown,
  rules: Map<unknown, Json>,
): VulnerabilityFinding[] {
  const list = recordsOf(results);
  if (!Array.isArray(results) || list.length !== results.length) {
    throw new ReportProblem('malformedReport', 'it has no list of results');
  }
  const found = list.map(result => ({
    result,
    rule: rules.get(result.ruleId),
  }));
  return settledFindings(
    found.filter(({ rule }) => !rule || isOfVulnerability(rule)),
    // What it is about stands in its rule alone, so one without a rule may be a vulnerability too.
    ({ result, rule }) => rule && read(result, rule),
  );
}

function isOfVulnerability({ name }: Json): boolean {
  return VULNERABILITY_RULES.includes(name);
}

function read(result: Json, rule: Json): VulnerabilityFinding[] | undefined {
  const { text } = recordOf(result.message);
  const said = typeof text === 'string' ? MESSAGE.exec(text) : null;
  const id = shortText(said?.[3], 128);
  const packageName = shortText(said?.[1], 256);
  if (!said || !id || !packageName || id !== result.ruleId) {
    return undefined;
  }
  const fixedVersion = shortText(said[5], 512);
  const finding = {
    packageName,
    installedVersion: shortText(said[2], 256) ?? '',
    severity: severityOf(said[4]),
    ...definedOnly({
      path: rule.name === OS_PACKAGE ? undefined : pathOf(result),
      fixedVersion,
      fixState: fixedVersion ? 'fixed' : undefined,
      title: shortText(recordOf(rule.shortDescription).text, 512),
      link: httpsLink(rule.helpUri),
    } as const),
  };
  return identify(id, []).map(ids => ({ ...ids, ...finding }));
}

function pathOf({ locations }: Json): string | undefined {
  const [location] = recordsOf(locations);
  const place = recordOf(recordOf(location?.physicalLocation).artifactLocation);
  return imagePath(decoded(place.uri));
}

function decoded(uri: unknown): unknown {
  try {
    return typeof uri === 'string' ? decodeURIComponent(uri) : undefined;
  } catch {
    // A path with a sign of percent that nobody encoded.
    return uri;
  }
}
