import { defineReasons } from './defineReasons';

/** Reason codes about scans. */
export const scanReasons = defineReasons({
  notScanned: {
    about: 'scan',
    meaning: 'There is no scan of this digest.',
    advice:
      'Install Trivy Operator in the cluster, or see why it skips the workload.',
  },
  scanStale: {
    about: 'scan',
    meaning: 'The last scan is older than the policy allows.',
    advice: 'See why the scanner does not scan again.',
  },
  scannedByOthers: {
    about: 'scan',
    meaning:
      'A scanner that found the vulnerability in one image has not looked at all of the other one.',
    advice: 'Have both images scanned by the same scanners.',
  },
  fixUnknown: {
    about: 'scan',
    meaning:
      'The scanner does not say whether there is a fix for a vulnerability that is severe enough to count.',
    advice:
      'Look the vulnerability up; a report in the format of the scanner itself says more than one in a common format.',
  },
  severityUnknown: {
    about: 'scan',
    meaning:
      'No scanner says how severe a vulnerability with a fix is, so nobody can tell whether it counts.',
    advice:
      'Let the scanner look ratings up, as the CVSS enrichment of Clair does, or say in the rule what such a severity counts as: `unknownAs`.',
  },
  scanOtherDigest: {
    about: 'scan',
    meaning: 'The scan for this container is of another digest.',
    advice: 'Wait for the next scan; the tag has moved since.',
  },
  scanPlatformUnknown: {
    about: 'scan',
    meaning:
      'The scan names an index, so the platform that was scanned is not known.',
    advice: 'Deploy by the digest of the platform, or take it as a hint.',
  },
  platformNotScanned: {
    about: 'scan',
    meaning:
      'The image runs on several platforms, and one of them is not scanned.',
    advice: 'Have the image scanned on every platform that it runs on.',
  },
  scanReferenceOnly: {
    about: 'scan',
    meaning: 'The scan names no digest; it matches by reference only.',
    advice: 'Update Trivy Operator so that reports carry a digest.',
  },
  scannerUnavailable: {
    about: 'scan',
    meaning: 'The scanner or its cluster cannot be read.',
    advice: 'See the sources page for what failed.',
  },
  malformedReport: {
    about: 'scan',
    meaning: 'The report cannot be read.',
    advice: 'Check the version of the scanner.',
  },
  reportTooLarge: {
    about: 'scan',
    meaning: 'The report is larger than what is read.',
    advice: 'Scan one image for each report, without the list of packages.',
  },
  reportFormatUnknown: {
    about: 'scan',
    meaning: 'The report is of a format or version that is not known.',
    advice:
      'Give the output of `trivy image --format json` or `grype --output json`, or CycloneDX with vulnerabilities.',
  },
  sbomMissing: {
    about: 'scan',
    meaning: 'Nobody has reported what is in this image.',
    advice:
      'Switch `operator.sbomGenerationEnabled` of Trivy Operator on, and let the portal read `sbomreports`.',
  },
  sbomOtherDigest: {
    about: 'scan',
    meaning: 'The SBOM for this container describes another digest.',
    advice:
      'Wait for the next one; Trivy Operator may reuse the SBOM of a tag after the tag has moved.',
  },
  sbomPlatformUnknown: {
    about: 'scan',
    meaning:
      'The SBOM names an index, so the platform that it describes is not known.',
    advice: 'Deploy by the digest of the platform, or take it as a hint.',
  },
  sbomWithoutDigest: {
    about: 'scan',
    meaning: 'The SBOM names no digest, and a tag does not identify an image.',
    advice: 'Update Trivy Operator so that reports carry a digest.',
  },
  sbomTooLarge: {
    about: 'scan',
    meaning: 'The SBOM lists more components than are read.',
    advice: 'Describe each image by an SBOM of its own.',
  },
  sbomFormatUnknown: {
    about: 'scan',
    meaning: 'The SBOM is of a format or version that is not known.',
    advice:
      'Check the version of Trivy Operator; CycloneDX 1.4 to 1.7 is read.',
  },
  scanWithoutPackages: {
    about: 'scan',
    meaning:
      'The scan names no packages or vulnerabilities, so nothing says that they were looked for.',
    advice:
      'Scan with `--scanners vuln`, and give JSON of the scanner rather than CycloneDX; an image without packages needs a waiver.',
  },
  vexStatementMalformed: {
    about: 'scan',
    meaning:
      'A VEX statement does not have the form of OpenVEX, and is applied to nothing.',
    advice:
      'Name the vulnerability, a status and a timestamp as OpenVEX writes them; `vexctl` does.',
  },
  vexNotJustified: {
    about: 'scan',
    meaning:
      'A VEX statement says `not_affected` and not why, and is applied to nothing.',
    advice: 'Give a justification of OpenVEX, or an impact statement.',
  },
  vexOtherImage: {
    about: 'scan',
    meaning: 'No statement of the VEX document is about the image.',
    advice:
      'Name the digest of the image in the package URL of a product: `pkg:oci/name@sha256:…`.',
  },
  vexNotTrusted: {
    about: 'scan',
    meaning:
      'A VEX statement says that the vulnerability does not matter, and the policy does not take that from whoever stands behind it.',
    advice:
      'Have it signed and attested to the image under a trust root of the policy, or let the rule take less with `vexMinTrust`.',
  },
  vexSuperseded: {
    about: 'scan',
    meaning: 'A newer VEX statement took the place of this one.',
    advice: 'Read the newer one; nothing to do where it is right.',
  },
  vexContradicted: {
    about: 'scan',
    meaning:
      'Another VEX statement says that the image is affected, or that this is not known yet; the worse one counts.',
    advice: 'Settle which one is right, and state it once more.',
  },
  vexNotYet: {
    about: 'scan',
    meaning:
      'A VEX statement is dated later than now, and counts for nothing until then.',
    advice: 'Check the clock of whoever made it.',
  },
  fixableVulnerability: {
    about: 'scan',
    meaning: 'There is a vulnerability with a fix past its time limit.',
    advice: 'Update the packages named, rebuild and deploy.',
  },
  fixableVulnerabilityInLeeway: {
    about: 'scan',
    meaning:
      'There is a vulnerability with a fix, still within its time limit.',
    advice: 'Update the packages named before the time limit ends.',
  },
  knownExploited: {
    about: 'scan',
    meaning:
      'There is a vulnerability that is known to be exploited, as the catalogue of CISA lists it.',
    advice:
      'Update the package named and deploy today; without a fix, take the service off the network or replace the package.',
  },
  knownExploitedBeforeDueDate: {
    about: 'scan',
    meaning:
      'There is a vulnerability that is known to be exploited, and its due date has not passed.',
    advice: 'Update the package named and deploy before the due date.',
  },
  exploitDataMissing: {
    about: 'scan',
    meaning:
      'No catalogue of known exploited vulnerabilities is loaded, so nothing says whether any of those found is exploited.',
    advice:
      'Name the catalogue of CISA or a copy of it: `supplyChain.vulnerabilities.kev` in the portal, `--kev` on the command line.',
  },
  exploitDataOutdated: {
    about: 'scan',
    meaning:
      'The catalogue of known exploited vulnerabilities is older than the policy allows.',
    advice:
      'See the sources page for why no newer one is loaded, or bring a newer copy.',
  },
});
