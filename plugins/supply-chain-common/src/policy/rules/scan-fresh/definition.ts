import { z } from 'zod';
import { MINIMUM_TRUST_WEAKEST_FIRST } from '../../../model/evidenceTrust';
import { RuleDefinition } from '../rule';

/** Trivy Operator scans again after 24 h; twice that leaves room for its queue. */
export const DEFAULT_SCAN_MAX_AGE_HOURS = 48;

/** Definition of `scan-fresh`. */
export const scanFreshDefinition: RuleDefinition<'scan-fresh'> = {
  id: 'scan-fresh',
  question: 'vulnerabilities',
  title: 'Scanned lately',
  motivation:
    'New vulnerabilities become known every day; a scan says nothing about those found since.',
  remediation:
    'Find out why the scanner does not scan the image, and have it scanned.',
  severity: 'medium',
  controls: ['SSDF RV.1.1', 'CIS-SSC 3.2.2', 'S2C2F SCA-1'],
  parameters: z
    .object({
      maxAgeHours: z
        .number()
        .finite()
        .positive()
        .max(8760)
        .default(DEFAULT_SCAN_MAX_AGE_HOURS),
      minTrust: z.enum(MINIMUM_TRUST_WEAKEST_FIRST).optional(),
    })
    .strict()
    .default({}),
};
