import { screen } from '@testing-library/react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import { DIGEST, imageReport, REPOSITORY } from '../../__testUtils__/reports';
import { ImagePage } from './ImagePage';

const show = (changes: Partial<schema.ImageReport>) =>
  renderPage(<ImagePage digest={DIGEST} />, {
    path: `/?repository=${REPOSITORY}`,
    api: fakeApi({ getImage: async () => imageReport(changes) }),
  });

describe('when an annotation alone names the image', () => {
  it('says so and names no cluster', async () => {
    await show({ placements: [], annotated: true });
    expect(
      await screen.findByText(/named by annotation, not seen running/),
    ).toBeInTheDocument();
    expect(screen.getByText(/Services that name it/)).toBeInTheDocument();
    expect(screen.queryByText(/runs in/)).not.toBeInTheDocument();
  });
});

describe('when the image runs and is named besides', () => {
  it('says where it runs', async () => {
    await show({ annotated: true });
    expect(await screen.findByText(/runs in 1 cluster/)).toBeInTheDocument();
  });
});
