import { isRecord } from '../../kubernetes/KubernetesObject';
import {
  CvssRating,
  FixState,
  VulnerabilityFinding,
} from '../../model/vulnerability';
import { httpsLink, instant, shortText } from '../../text/reportValues';
import { cvssRating, ratedBy } from '../cvssRatings';
import { definedOnly } from '../definedOnly';
import { commonLayer, imagePath, isSystemPackage } from '../scannedImage';
import { severityOf } from '../scannerValues';
import { Json, recordOf, recordsOf, textOf } from '../scanReport';
import { identify, VulnerabilityIds } from '../vulnerabilityIds';

/** https://github.com/anchore/grype/blob/main/grype/vulnerability/fix.go */
const FIX_STATES = new Map<unknown, FixState>([
  ['fixed', 'fixed'],
  ['not-fixed', 'notFixed'],
  ['wont-fix', 'wontFix'],
  ['unknown', 'unknown'],
  ['', 'unknown'],
]);

/** One match as findings; undefined when it has no id or no package. */
export function parseGrypeMatch(
  match: unknown,
): VulnerabilityFinding[] | undefined {
  const { vulnerability, artifact, relatedVulnerabilities } = recordOf(match);
  if (!isRecord(vulnerability) || !isRecord(artifact)) {
    return undefined;
  }
  const id = shortText(vulnerability.id, 128);
  const packageName = shortText(artifact.name, 256);
  if (!id || !packageName) {
    return undefined;
  }
  const related = recordsOf(relatedVulnerabilities);
  const advisories = recordsOf(vulnerability.advisories).map(each => each.id);
  const records = identify(
    id,
    related.map(each => each.id),
    advisories,
  );
  return records.map(ids => ({
    ...ids,
    packageName,
    installedVersion: shortText(artifact.version, 256) ?? '',
    severity: severityOf(vulnerability.severity),
    ...placeOf(artifact),
    ...fixOf(vulnerability.fix),
    ...definedOnly({
      severitySource: databaseOf(vulnerability),
      purl: shortText(artifact.purl, 1_024),
      link: linkOf(vulnerability),
      publishedAt: instant(vulnerability.publishedDate),
    }),
    ...ratedBy(ratingsOf(ids, [vulnerability, ...related])),
  }));
}

/** `debian:distro:debian:12`, `github:language:java`, `nvd:cpe`. */
function databaseOf({ namespace }: Json): string | undefined {
  return shortText(textOf(namespace).split(':')[0], 100);
}

function placeOf({ locations, type }: Json) {
  const places = recordsOf(locations);
  return definedOnly({
    path: isSystemPackage(type) ? undefined : imagePath(places[0]?.path),
    layer: commonLayer(places.map(each => each.layerID)),
  });
}

function fixOf(fix: unknown) {
  const { versions, state } = recordOf(fix);
  const list = Array.isArray(versions) ? versions : [];
  const fixedVersion = shortText(
    list.filter(each => typeof each === 'string').join(', '),
    512,
  );
  return definedOnly({ fixedVersion, fixState: FIX_STATES.get(state) });
}

function linkOf({ dataSource, urls }: Json): string | undefined {
  const links: unknown[] = [dataSource, ...(Array.isArray(urls) ? urls : [])];
  return links.map(httpsLink).find(each => each !== undefined);
}

/** Those of the same vulnerability, by whatever name; an advisory about several is rated for all of them. */
function ratingsOf(
  { id, aliases = [] }: VulnerabilityIds,
  records: Json[],
): CvssRating[] {
  const names: unknown[] = [id, ...aliases];
  return records
    .filter(record => names.includes(record.id))
    .flatMap(({ cvss, namespace }) =>
      recordsOf(cvss).flatMap(({ source, vector, version }) =>
        cvssRating({
          source: source || databaseOf({ namespace }),
          vector,
          version,
        }),
      ),
    );
}
