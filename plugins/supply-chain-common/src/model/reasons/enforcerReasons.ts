import { defineReasons } from './defineReasons';

/** Reason codes about the reports of other enforcers. */
export const enforcerReasons = defineReasons({
  policyReportMalformed: {
    about: 'enforcer',
    meaning: 'The policy report cannot be read.',
    advice: 'Check the version of the enforcer that writes it.',
  },
  policyReportVersionUnknown: {
    about: 'enforcer',
    meaning: 'The policy report is of a version that is not read.',
    advice:
      'Let the enforcer write wgpolicyk8s.io/v1alpha2 or openreports.io/v1alpha1.',
  },
  policyResultMalformed: {
    about: 'enforcer',
    meaning:
      'Results that name no policy, or say neither pass, fail, warn, error nor skip, are left out.',
    advice: 'Check the version of the enforcer that writes them.',
  },
  policyResultsTooMany: {
    about: 'enforcer',
    meaning: 'The report holds more results than are kept.',
    advice: 'Let the enforcer report on one object at a time.',
  },
  policyResultsOfScanner: {
    about: 'enforcer',
    meaning:
      'Results that repeat the scans of Trivy are left out: the scans themselves are counted.',
    advice:
      'Nothing needs to be done; the vulnerabilities stand with the scans.',
  },
});
