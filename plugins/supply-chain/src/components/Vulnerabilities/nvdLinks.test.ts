import { nvdLinks } from './nvdLinks';

describe('nvdLinks', () => {
  it('leads to the description of each CVE id', () => {
    expect(
      nvdLinks(['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q', 'CVE-2014-1234567']),
    ).toEqual([
      {
        id: 'CVE-2021-44228',
        url: 'https://nvd.nist.gov/vuln/detail/CVE-2021-44228',
      },
      {
        id: 'CVE-2014-1234567',
        url: 'https://nvd.nist.gov/vuln/detail/CVE-2014-1234567',
      },
    ]);
  });

  it.each([
    'CVE-2021-44228/../..',
    'CVE-2021-44228?x=1',
    'xCVE-2021-44228',
    'CVE-2021-44228\n',
    'CVE-2021-1',
    '',
  ])('makes no link of %j', id => {
    expect(nvdLinks([id])).toEqual([]);
  });
});
