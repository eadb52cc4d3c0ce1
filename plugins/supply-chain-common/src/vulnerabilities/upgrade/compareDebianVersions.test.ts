import { compareDebianVersions } from './compareDebianVersions';

describe('versions of Debian', () => {
  // What `dpkg --compare-versions` says.
  it.each([
    ['1.0', '1.0', 0],
    ['0:1.0', '1.0', 0],
    ['1.0-0', '1.0', 0],
    ['1.0~rc1', '1.0', -1],
    ['1.0~~', '1.0~', -1],
    ['1.0', '1.0a', -1],
    ['1.0a', '1.0+b', -1],
    ['1.9', '1.10', -1],
    ['1.09', '1.9', 0],
    ['1:1.0', '2.0', 1],
    ['3.0.11-1~deb12u1', '3.0.11-1~deb12u2', -1],
    ['3.0.11-1~deb12u2', '3.0.11-1', -1],
    ['3.0.14-1~deb12u2', '3.0.11-1~deb12u9', 1],
    ['2.36-9+deb12u4', '2.36-9+deb12u10', -1],
    ['1.0-1-2', '1.0-1-10', -1],
    ['1.2.3-4', '1.2.3.1-1', -1],
  ])('order %s and %s', (left, right, order) => {
    expect(compareDebianVersions(left, right)).toBe(order);
    expect(compareDebianVersions(right, left)).toBe(order === 0 ? 0 : -order);
  });

  it.each(['', 'x1', '1 2', '1:2:3', '1;2', '1_2'])('are not %j', text => {
    expect(compareDebianVersions(text, '1.0')).toBeUndefined();
    expect(compareDebianVersions('1.0', text)).toBeUndefined();
  });
});
