import { ClairAdvisory, ClairContent, ClairPackage } from '../clair';
import { ClairPlan } from './serviceTypes';
import { DISPUTED, publishedRecently } from './madeUpVulnerabilities';

/** What every image of the world is made of; the packages that Trivy reports on are among them. */
const PACKAGES: readonly ClairPackage[] = [
  { name: 'apk-tools', version: '2.12.5-r1' },
  { name: 'busybox', version: '1.36.1-r5' },
  { name: 'coreutils', version: '9.4-r1' },
  { name: 'libcrypto3', version: '3.3.1-r0', source: 'openssl' },
  { name: 'zlib', version: '1.3.1-r0' },
];

/**
 * What Clair makes of an image of the world, by its plan. Whether it has finished is not part of it.
 * @public
 */
export function clairContent(plan: ClairPlan, now: Date): ClairContent {
  switch (plan) {
    case 'noPackages':
      return { packages: [], advisories: [] };
    case 'disagrees':
      return { packages: PACKAGES, advisories: disputed(now) };
    default:
      // Its advisories name none of what Trivy found.
      return { packages: PACKAGES, advisories: [] };
  }
}

/** One that Trivy takes for milder, and one that only Clair knows. */
function disputed(now: Date): ClairAdvisory[] {
  const issued = publishedRecently(now);
  return [
    {
      id: DISPUTED.id(now),
      source: 'openssl',
      description: DISPUTED.title,
      issued,
      fixedInVersion: DISPUTED.fixedVersion,
      cvss: {
        vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
        score: 7.5,
      },
    },
    {
      id: `CVE-${now.getUTCFullYear()}-99003`,
      source: 'zlib',
      description: 'sandbox: a name that is too long is cut off',
      issued,
      fixedInVersion: '',
      cvss: {
        vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N',
        score: 3.7,
      },
    },
  ];
}
