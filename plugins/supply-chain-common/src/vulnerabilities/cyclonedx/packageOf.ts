import { VulnerabilityFinding } from '../../model/vulnerability';
import { shortText } from '../../text/reportValues';
import { definedOnly } from '../definedOnly';
import { commonLayer, imagePath, isSystemPackage } from '../scannedImage';
import { Json, recordOf, recordsOf, textOf } from '../scanReport';
import {
  componentProperties,
  CycloneDxComponents,
  propertiesOf,
} from './CycloneDxComponents';
import { parsePackageUrl } from './packageUrl';

/** Syft numbers the places of a package. */
const SYFT_LAYER = /^syft:location:\d{1,6}:layerID$/;

/** The package part of a finding. */
export type AffectedPackage = Pick<
  VulnerabilityFinding,
  'packageName' | 'installedVersion' | 'purl' | 'path' | 'layer'
>;

/**
 * The package that `affects` refers to. A reference that no component has is kept by its own name, so that what it is
 * about is not lost; most are package URLs.
 */
export function packageOf(
  affects: unknown,
  components: CycloneDxComponents,
): AffectedPackage | undefined {
  if (affects === undefined) {
    return packageOfComponent(components.subject, affects);
  }
  const reference = recordOf(affects).ref;
  const component = components.find(reference);
  return component
    ? packageOfComponent(component, affects)
    : packageOfReference(reference, affects);
}

function packageOfComponent(
  component: Json,
  affects: unknown,
): AffectedPackage | undefined {
  const url = parsePackageUrl(component.purl);
  const name = shortText(component.name, 256);
  const group = shortText(component.group, 256);
  // As the scanners' own reports name them.
  const packageName =
    name && group
      ? shortText(`${group}${url?.type === 'maven' ? ':' : '/'}${name}`, 256)
      : name;
  return packageName
    ? {
        packageName,
        installedVersion:
          shortText(component.version, 256) ?? versionOf(affects),
        ...definedOnly({
          purl: shortText(component.purl, 1_024),
          path: isSystemPackage(url?.type) ? undefined : pathOf(component),
          layer: layerOf(component),
        }),
      }
    : undefined;
}

function packageOfReference(
  reference: unknown,
  affects: unknown,
): AffectedPackage | undefined {
  const url = parsePackageUrl(reference);
  const packageName = shortText(url?.name ?? reference, 256);
  const purl = url && shortText(reference, 1_024);
  return packageName
    ? {
        packageName,
        installedVersion: shortText(url?.version, 256) ?? versionOf(affects),
        ...definedOnly({ purl }),
      }
    : undefined;
}

function versionOf(affects: unknown): string {
  const versions = recordsOf(recordOf(affects).versions);
  const [version] = versions.flatMap(
    each => shortText(each.version, 256) ?? [],
  );
  return version ?? '';
}

function pathOf(component: Json): string | undefined {
  const [path] = [
    ...propertiesOf(component, 'aquasecurity:trivy:FilePath'),
    ...propertiesOf(component, 'syft:location:0:path'),
  ];
  return imagePath(path);
}

function layerOf(component: Json) {
  const [layer] = propertiesOf(component, 'aquasecurity:trivy:LayerDigest');
  const places = componentProperties(component)
    .filter(each => SYFT_LAYER.test(textOf(each.name)))
    .map(each => each.value);
  return commonLayer(layer === undefined ? places : [layer]);
}
