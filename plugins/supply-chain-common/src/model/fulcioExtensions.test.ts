import { isFulcioExtensionName } from './fulcioExtensions';

describe('isFulcioExtensionName', () => {
  it('knows the names trust roots use and nothing else', () => {
    expect(isFulcioExtensionName('sourceRepositoryUri')).toBe(true);
    expect(isFulcioExtensionName('sourceRepositoryURI')).toBe(false);
    expect(isFulcioExtensionName('constructor')).toBe(false);
  });
});
