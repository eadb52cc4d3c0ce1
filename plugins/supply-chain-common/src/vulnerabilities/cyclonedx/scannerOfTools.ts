import { isRecord } from '../../kubernetes/KubernetesObject';
import { VulnerabilityDetail } from '../../model/vulnerability';
import { shortText } from '../../text/reportValues';
import { scannerOf } from '../scannedImage';
import { recordsOf } from '../scanReport';

/** Names as the scanners themselves write them elsewhere, so that one scanner has one name. */
const SCANNERS = new Map<unknown, string>([
  ['trivy', 'Trivy'],
  ['grype', 'Grype'],
]);

/** The program that made a document: a scanner among its tools, else the first, else nobody. */
export function scannerOfTools(tools: unknown): VulnerabilityDetail['scanner'] {
  // Until 1.4 a list, from 1.5 on possibly an object.
  const list = isRecord(tools)
    ? [...recordsOf(tools.components), ...recordsOf(tools.services)]
    : recordsOf(tools);
  const tool = list.find(each => SCANNERS.has(each.name)) ?? list[0];
  const name = SCANNERS.get(tool?.name) ?? shortText(tool?.name, 100);
  return scannerOf(name ?? 'CycloneDX', tool?.version);
}
