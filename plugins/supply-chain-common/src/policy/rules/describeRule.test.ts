import { rule } from '../../testing/exampleFacts';
import { describeRule } from './describeRule';

describe('describeRule', () => {
  it('takes the texts of the built-in rule, and the title the policy gives it', () => {
    const pinned = rule('digest-pinned', { movingTags: ['latest'] });
    expect(describeRule(pinned)).toMatchObject({
      title: 'Deployed by digest',
      motivation: expect.stringContaining('tag can be moved'),
      remediation: expect.stringContaining('digest'),
      controls: ['CIS-SSC 5.1.7', 'S2C2F ENF-1'],
    });
    expect(describeRule({ ...pinned, title: 'No tags here' }).title).toBe(
      'No tags here',
    );
  });

  it('takes what the policy says of a rule of its own', () => {
    const own = {
      id: 'no-latest',
      title: 'No moving tag',
      severity: 'medium',
      expression: 'image.tag != "latest"',
      message: 'Deploy a version',
    } as const;
    expect(describeRule(own)).toEqual({ title: 'No moving tag', controls: [] });
    expect(
      describeRule({
        ...own,
        motivation: 'A tag can be moved.',
        remediation: 'Name a version.',
        controls: ['House rule 7'],
      }),
    ).toEqual({
      title: 'No moving tag',
      motivation: 'A tag can be moved.',
      remediation: 'Name a version.',
      controls: ['House rule 7'],
    });
  });
});
