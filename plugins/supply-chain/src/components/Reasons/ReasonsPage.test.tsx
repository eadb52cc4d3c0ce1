import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/test-utils';
import {
  REASON_CODES,
  reasonDefinition,
} from 'backstage-plugin-supply-chain-common';
import { rootRouteRef } from '../../routes';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import { ReasonsPage } from './ReasonsPage';

const mountedRoutes = { '/supply-chain': rootRouteRef };

describe('ReasonsPage', () => {
  it('has an entry with meaning and advice for every code', async () => {
    const { container } = await renderInTestApp(<ReasonsPage />, {
      mountedRoutes,
    });
    expect(
      await screen.findByRole('heading', { name: 'Reason codes' }),
    ).toBeInTheDocument();
    expect(container.querySelectorAll('dt')).toHaveLength(
      Object.keys(REASON_CODES).length,
    );
    const { meaning, advice } = reasonDefinition('noSignature');
    expect(container.querySelector('#noSignature')).toHaveTextContent(
      `noSignature${meaning} ${advice}`,
    );
  });

  it('is where a code leads, and an unknown code leads nowhere', async () => {
    await renderInTestApp(
      <>
        <ReasonCodeLink code="noSignature" />
        <ReasonCodeLink code="codeOfTomorrow" />
      </>,
      { mountedRoutes },
    );
    expect(screen.getByRole('link', { name: 'noSignature' })).toHaveAttribute(
      'href',
      '/supply-chain/reasons#noSignature',
    );
    expect(screen.getAllByRole('link')).toHaveLength(1);
    expect(screen.getByText('codeOfTomorrow')).toBeInTheDocument();
  });
});
