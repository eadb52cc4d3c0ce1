import { baseScoreOfVector, severityOfScore } from './cvssScore';

// Scores as the calculators of FIRST show them: https://www.first.org/cvss/calculator/3.1 and its kin.
describe('baseScoreOfVector', () => {
  it.each([
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 10],
    ['AV:L/AC:H/Au:N/C:C/I:C/A:C', 6.2],
    ['CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
    ['CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 3.1],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 7.5],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', 10],
    ['CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.3],
  ])('of %s is %s', (vector, score) => {
    expect(baseScoreOfVector(vector)).toBe(score);
  });

  it('leaves out what time and place add', () => {
    const base = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
    expect(baseScoreOfVector(`${base}/E:U/RL:O/RC:U`)).toBe(9.8);
    expect(baseScoreOfVector(`${base}/CR:L/MAV:P`)).toBe(9.8);
    const base4 =
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
    expect(baseScoreOfVector(`${base4}/E:U`)).toBe(9.3);
  });

  it.each([
    ['without a base metric', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H'],
    [
      'with a metric twice',
      'CVSS:3.1/AV:P/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    ],
    ['with an unknown value', 'CVSS:3.1/AV:Q/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    [
      'with an unknown metric',
      'CVSS:3.1/XX:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    ],
    ['with a name of JavaScript', 'CVSS:3.1/__proto__:N/constructor:N'],
    ['of another version', 'CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['that is none', 'harmless'],
  ])('does not know a vector %s', (_what, vector) => {
    expect(baseScoreOfVector(vector)).toBeUndefined();
  });
});

describe('severityOfScore', () => {
  it.each([
    [10, 'critical', 'high'],
    [9, 'critical', 'high'],
    [8.9, 'high', 'high'],
    [7, 'high', 'high'],
    [6.9, 'medium', 'medium'],
    [4, 'medium', 'medium'],
    [3.9, 'low', 'low'],
    [0, 'negligible', 'low'],
  ])('of %s is %s, in version 2 %s', (score, severity, severityOfVersion2) => {
    expect(severityOfScore(score)).toBe(severity);
    expect(severityOfScore(score, { isVersion2: true })).toBe(
      severityOfVersion2,
    );
  });
});
