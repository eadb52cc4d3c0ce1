import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeApi, renderPage } from '../../__testUtils__/renderPage';
import { DIGEST, REPOSITORY } from '../../__testUtils__/reports';
import { saveFile } from '../../export/saveFile';
import { ExportFindings } from './ExportFindings';

jest.mock('../../export/saveFile');

it('exports the vulnerabilities of the image that the address leaves, however they are grouped', async () => {
  const image = { repository: REPOSITORY, digest: DIGEST };
  const api = fakeApi();
  await renderPage(<ExportFindings image={image} />, {
    api,
    path: '/?group=package&page=2&severity=high&fixable=yes&search=ssl',
  });
  await userEvent.click(await screen.findByRole('button', { name: /Export/ }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'CSV' }));
  await waitFor(() => expect(saveFile).toHaveBeenCalledTimes(1));
  expect(api.exports.imageVulnerabilities).toHaveBeenCalledWith(
    {
      ...image,
      severity: 'high',
      fixable: true,
      exploited: undefined,
      search: 'ssl',
    },
    'csv',
  );
});
