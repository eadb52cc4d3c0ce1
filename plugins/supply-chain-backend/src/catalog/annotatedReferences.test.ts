import {
  annotatedReferences,
  MAXIMUM_ANNOTATED_IMAGES,
} from './annotatedReferences';

const named = (text: string) =>
  annotatedReferences({
    annotations: JSON.stringify({ 'supply-chain/images': text }),
  });

describe('annotatedReferences', () => {
  it('reads nothing where the annotation is missing or empty', () => {
    expect(annotatedReferences({ annotations: '{}' })).toEqual([]);
    expect(named(' , ')).toEqual([]);
  });

  it('reads references between commas, each once, as written', () => {
    expect(named('a.example/x:1, a.example/y ,a.example/x:1,:::')).toEqual([
      { imageRef: 'a.example/x:1', beyondLimit: false },
      { imageRef: 'a.example/y', beyondLimit: false },
      { imageRef: ':::', beyondLimit: false },
    ]);
  });

  it('keeps one reference beyond the limit, to be seen', () => {
    const texts = Array.from(
      { length: 30 },
      (_, index) => `a.example/${index}`,
    );
    const found = named(texts.join(','));
    expect(found).toHaveLength(MAXIMUM_ANNOTATED_IMAGES + 1);
    expect(found.filter(each => each.beyondLimit)).toEqual([
      { imageRef: `a.example/${MAXIMUM_ANNOTATED_IMAGES}`, beyondLimit: true },
    ]);
  });

  it('cuts what is too long to be a reference', () => {
    expect(named('x'.repeat(10_000))[0].imageRef).toHaveLength(512);
  });
});
