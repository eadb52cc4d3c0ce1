import {
  ComplianceControl,
  ComplianceDetail,
  instant,
  isRecord,
  KubernetesObject,
  shortText,
} from 'backstage-plugin-supply-chain-common';
import { ParsedReport, ReportOrigin } from 'backstage-plugin-supply-chain-node';
import {
  expectKind,
  Json,
  parsedReport,
  ReportProblem,
} from '../reportContent';
import { TRIVY_CHECKS_FEED_ID } from './parseCheckReport';
import { severityOf } from './parseCheckResult';

const ID_LENGTH = 100;
const TEXT_LENGTH = 512;
/** The longest benchmark there is has about 130. */
const MAX_CONTROLS = 2_000;

/** What came out for a control; undefined: nobody looked. */
type Result = Pick<ComplianceControl, 'status' | 'failed'> | undefined;

/**
 * Reads how far a cluster meets a framework, from the report in either form (`reportType`: `summary` or `all`). Never
 * throws.
 *
 * The controls are those of the specification and those the status tells of beside them. One that has no check, has no
 * result, or whose result is only the default for what nobody looked at, was not evaluated. Which objects fail is not
 * read: their names may tell of services that the reader must not see (L33).
 *
 * @public
 */
export function parseComplianceReport(
  object: KubernetesObject,
  origin: ReportOrigin<'clustercompliancereports'>,
): ParsedReport {
  const { cluster, expected, seenAt } = origin;
  return parsedReport(object, () => {
    expectKind(object, expected);
    const detail = detailOf(object);
    return {
      objects: [],
      cluster: {
        subject: { type: 'cluster', cluster },
        collector: TRIVY_CHECKS_FEED_ID,
        kind: 'compliance',
        status: 'present',
        observedAt:
          detail.evaluatedAt ??
          instant(object.metadata.creationTimestamp) ??
          seenAt,
        detail,
      },
    };
  });
}

function detailOf({
  spec,
  status,
  metadata,
}: KubernetesObject): ComplianceDetail {
  const compliance = recordIn(spec, 'compliance');
  const state = isRecord(status) ? status : {};
  const detailed = recordIn(state, 'detailReport');
  const summary = recordIn(state, 'summaryReport');
  const said = detailed ?? summary;
  if (!compliance && !said) {
    throw new ReportProblem('has neither a specification nor a status');
  }
  const specified = entriesOf(compliance?.controls, 'controls');
  const results = detailed
    ? entriesOf(detailed.results, 'results')
    : entriesOf(summary?.controlCheck, 'controls in its summary');
  const texts = [compliance ?? {}, said ?? {}];
  const evaluatedAt = instant(state.updateTimestamp);
  return {
    framework: {
      id: textIn(texts, 'id', ID_LENGTH) ?? metadata.name,
      title: textIn(texts, 'title', TEXT_LENGTH) ?? metadata.name,
      ...versionOf(texts),
    },
    ...(evaluatedAt && { evaluatedAt }),
    controls: controlsOf(
      specified,
      results,
      detailed ? resultInDetail : resultInSummary,
    ),
  };
}

function controlsOf(
  specified: Json[],
  results: Json[],
  resultOf: (entry: Json) => Result,
): ComplianceControl[] {
  const told = byId(results);
  const known = byId(specified);
  return [...new Set([...known.keys(), ...told.keys()])].map(id => {
    const specification = known.get(id);
    const entry = told.get(id);
    const looked = !specification || hasChecks(specification);
    const result = entry && looked ? resultOf(entry) : undefined;
    const severity = severityOf(specification?.severity ?? entry?.severity);
    return {
      id,
      name:
        textIn([specification ?? {}, entry ?? {}], 'name', TEXT_LENGTH) ?? id,
      ...(severity && { severity }),
      ...(result ?? { status: 'notEvaluated' }),
      ...(countsSecrets(specification, entry) && { secrets: true }),
    };
  });
}

/** A control without a check is one for people; its `defaultStatus` is no result. */
function hasChecks({ checks }: Json): boolean {
  return Array.isArray(checks) && checks.length > 0;
}

function resultInSummary({ totalFail }: Json): Result {
  return typeof totalFail === 'number' &&
    Number.isSafeInteger(totalFail) &&
    totalFail >= 0
    ? { status: totalFail > 0 ? 'fail' : 'pass', failed: totalFail }
    : undefined;
}

function resultInDetail({ checks }: Json): Result {
  const all = checkList(checks);
  // One without id stands for the objects that were not found, and is no result of a check.
  const made = all.filter(({ checkID }) => shortText(checkID, ID_LENGTH));
  const failed = made.filter(({ success }) => success === false).length;
  if (failed > 0) {
    return { status: 'fail', failed };
  }
  return made.length > 0 && all.every(({ success }) => success === true)
    ? { status: 'pass', failed }
    : undefined;
}

/** Checks of exposed secrets are named by their severity: `SECRET-CRITICAL`. */
function countsSecrets(...entries: (Json | undefined)[]): boolean {
  return entries
    .flatMap(entry => checkList(entry?.checks))
    .some(({ id, checkID }) => /^SECRET\b/i.test(String(id ?? checkID)));
}

function checkList(checks: unknown): Json[] {
  return (Array.isArray(checks) ? checks : []).map(each =>
    isRecord(each) ? each : {},
  );
}

function entriesOf(list: unknown, name: string): Json[] {
  // An empty Go slice is written as null or left out.
  const entries = list ?? [];
  if (!Array.isArray(entries) || !entries.every(isRecord)) {
    throw new ReportProblem(`has no list of ${name}`);
  }
  if (entries.length > MAX_CONTROLS) {
    throw new ReportProblem(`has ${entries.length} ${name}`);
  }
  return entries;
}

/** Of two controls with one id the second would hide the first, and with it what fails. */
function byId(entries: Json[]): Map<string, Json> {
  const found = new Map(entries.map(entry => [idOf(entry), entry]));
  if (found.size < entries.length) {
    throw new ReportProblem('has two controls of one id');
  }
  return found;
}

function idOf({ id }: Json): string {
  const text = shortText(id, ID_LENGTH);
  if (!text) {
    throw new ReportProblem('has a control without id');
  }
  return text;
}

function versionOf(entries: Json[]): { version?: string } {
  const version = textIn(entries, 'version', ID_LENGTH);
  return version ? { version } : {};
}

function textIn(
  entries: Json[],
  field: string,
  maxLength: number,
): string | undefined {
  return entries
    .map(entry => shortText(entry[field], maxLength))
    .find(text => text !== undefined);
}

function recordIn(value: unknown, field: string): Json | undefined {
  const found = isRecord(value) ? value[field] : undefined;
  return isRecord(found) ? found : undefined;
}
