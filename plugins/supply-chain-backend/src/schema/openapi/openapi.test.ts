import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';
import { spec } from './generated';

describe('the generated router', () => {
  it('is made from the OpenAPI document as it is now', () => {
    const path = resolvePackagePath(
      'backstage-plugin-supply-chain-backend',
      'src/schema/openapi.yaml',
    );
    expect(spec).toEqual(parse(readFileSync(path, 'utf8')));
  });
});
