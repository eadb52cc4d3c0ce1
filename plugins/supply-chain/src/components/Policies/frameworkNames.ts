import { ControlFrameworkId } from 'backstage-plugin-supply-chain-common';

/** Public frameworks by the word their controls begin with: the name, which is the same in every language, and the text. */
export const FRAMEWORKS: Record<
  ControlFrameworkId,
  { name: string; url: string }
> = {
  SLSA: { name: 'SLSA', url: 'https://slsa.dev/spec/v1.2/' },
  SSDF: {
    name: 'NIST SSDF (SP 800-218)',
    url: 'https://csrc.nist.gov/pubs/sp/800/218/final',
  },
  S2C2F: {
    name: 'OpenSSF S2C2F',
    url: 'https://github.com/ossf/s2c2f/blob/main/specification/framework.md',
  },
  'CIS-SSC': {
    name: 'CIS Software Supply Chain Security Guide',
    url: 'https://www.cisecurity.org/insights/white-papers/cis-software-supply-chain-security-guide',
  },
  'CIS-Docker': {
    name: 'CIS Docker Benchmark',
    url: 'https://www.cisecurity.org/benchmark/docker',
  },
  NSA: {
    name: 'NSA, CISA, ODNI: Securing the Software Supply Chain',
    url: 'https://www.cisa.gov/resources-tools/resources/securing-software-supply-chain-recommended-practices-guide-customers-and',
  },
  CRA: {
    name: 'Cyber Resilience Act (EU) 2024/2847',
    url: 'https://eur-lex.europa.eu/eli/reg/2024/2847/oj',
  },
};

/** Whether this version knows the framework. */
export function isKnownFramework(text: string): text is ControlFrameworkId {
  return Object.hasOwn(FRAMEWORKS, text);
}
