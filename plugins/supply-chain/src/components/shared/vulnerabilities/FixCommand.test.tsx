import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/test-utils';
import { FixCommand } from './FixCommand';

describe('FixCommand', () => {
  it('shows the command quoted, and where it goes', async () => {
    await renderInTestApp(
      <FixCommand
        fix={{
          packageName: 'zlib',
          command: {
            place: 'image',
            arguments: ['apk', 'add', '--upgrade', 'zlib>=1.3.1-r0'],
          },
        }}
      />,
    );
    expect(
      screen.getByText("apk add --upgrade 'zlib>=1.3.1-r0'"),
    ).toBeInTheDocument();
    expect(screen.getByText(/newer base image/)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /command that updates zlib/ }),
    ).toBeInTheDocument();
  });

  it.each([
    undefined,
    { place: 'project' as const, arguments: ['npm', 'install', 'a\u202eb'] },
  ])('shows nothing for %j', async command => {
    await renderInTestApp(<FixCommand fix={{ packageName: 'a', command }} />);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
