/**
 * Public frameworks that rules name controls of, by the word their controls begin with.
 *
 * @public
 */
export type ControlFrameworkId =
  | 'SLSA'
  | 'SSDF'
  | 'S2C2F'
  | 'CIS-SSC'
  | 'CIS-Docker'
  | 'NSA'
  | 'CRA';

/**
 * The controls of each framework that are about the artifacts a portal sees, so that those no rule serves are named as
 * well. Controls of people and processes are no part of it: no rule could answer them.
 *
 * - SLSA: https://slsa.dev/spec/v1.2/
 * - SSDF: https://csrc.nist.gov/pubs/sp/800/218/final
 * - S2C2F: https://github.com/ossf/s2c2f/blob/main/specification/framework.md
 * - CIS-SSC: CIS Software Supply Chain Security Guide; CIS-Docker: CIS Docker Benchmark, https://www.cisecurity.org
 * - NSA: https://www.cisa.gov/resources-tools/resources/securing-software-supply-chain-recommended-practices-guide-customers-and;
 *   its practices have no numbers to name
 * - CRA: https://eur-lex.europa.eu/eli/reg/2024/2847/oj
 */
export const FRAMEWORK_CONTROLS: Record<ControlFrameworkId, readonly string[]> =
  {
    SLSA: [
      'SLSA Build L1',
      'SLSA Build L2',
      'SLSA Build L3',
      'SLSA Source L1',
      'SLSA Source L2',
      'SLSA Source L3',
      'SLSA Source L4',
      'SLSA Verify expectations',
    ],
    SSDF: [
      'SSDF PO.3.3',
      'SSDF PS.2.1',
      'SSDF PS.3.1',
      'SSDF PS.3.2',
      'SSDF PW.4.1',
      'SSDF PW.4.4',
      'SSDF RV.1.1',
      'SSDF RV.1.2',
      'SSDF RV.2.1',
      'SSDF RV.2.2',
    ],
    S2C2F: [
      'S2C2F ING-1',
      'S2C2F ING-2',
      'S2C2F SCA-1',
      'S2C2F SCA-2',
      'S2C2F SCA-3',
      'S2C2F SCA-4',
      'S2C2F INV-1',
      'S2C2F UPD-1',
      'S2C2F AUD-1',
      'S2C2F AUD-2',
      'S2C2F AUD-3',
      'S2C2F AUD-4',
      'S2C2F ENF-1',
      'S2C2F ENF-2',
      'S2C2F REB-3',
      'S2C2F REB-4',
    ],
    'CIS-SSC': [
      'CIS-SSC 1.1.1',
      'CIS-SSC 2.4.1',
      'CIS-SSC 2.4.5',
      'CIS-SSC 2.4.6',
      'CIS-SSC 3.1.2',
      'CIS-SSC 3.1.3',
      'CIS-SSC 3.1.5',
      'CIS-SSC 3.1.7',
      'CIS-SSC 3.2.2',
      'CIS-SSC 3.2.3',
      'CIS-SSC 4.3.1',
      'CIS-SSC 4.4.1',
      'CIS-SSC 4.4.2',
      'CIS-SSC 5.1.7',
    ],
    'CIS-Docker': ['CIS-Docker 4.2', 'CIS-Docker 4.4', 'CIS-Docker 4.5'],
    NSA: [],
    CRA: [
      'CRA Annex I Part I (2)(a)',
      'CRA Annex I Part I (2)(c)',
      'CRA Annex I Part I (2)(f)',
      'CRA Annex I Part II (1)',
      'CRA Annex I Part II (2)',
    ],
  };
