import { parsePolicyDocuments } from './parsePolicyDocuments';

function parse(rule: string) {
  return parsePolicyDocuments({
    text: `apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: default }
spec:
  rules:
    - id: own
      title: Own rule
      message: It does not hold.
${rule}
`,
    source: 'policy.yaml',
    fromUrl: false,
    readFile: () => ({ ok: false, message: 'no files here' }),
  });
}

describe('a rule written as an expression', () => {
  it('loads with medium severity and what the document says of it', () => {
    const parsed = parse(`      effectiveOn: 2026-12-01
      motivation: A tag moves.
      remediation: Deploy a version.
      controls: [CIS-Docker 4.2]
      expression: image.tag != "latest"`);
    expect(parsed).toMatchObject({
      ok: true,
      documents: [
        {
          policy: {
            rules: [
              {
                id: 'own',
                title: 'Own rule',
                severity: 'medium',
                effectiveOn: '2026-12-01T00:00:00.000Z',
                motivation: 'A tag moves.',
                remediation: 'Deploy a version.',
                controls: ['CIS-Docker 4.2'],
                expression: 'image.tag != "latest"',
                message: 'It does not hold.',
              },
            ],
          },
        },
      ],
    });
  });

  // prettier-ignore
  it.each([
    ['plain', '      expression: image.own && imag.tag == "a"', 9, 32],
    ['plain over two lines', '      expression: image.own &&\n        imag.tag == "a"', 10, 9],
    ['in single quotes', "      expression: 'image.tag != ''a'' && imag.tag == \"a\"'", 9, 42],
    ['in double quotes', '      expression: "image.own && imag.own"', 9, 33],
    ['in double quotes with escapes, where only its begin can be told', '      expression: "image.tag != \\"a\\" && imag.own"', 9, 19],
    ['a block', '      expression: |\n        image.own &&\n          imag.own\n', 11, 11],
    ['a block with a header of its own', '      expression: |2-\n        image.own &&\n        imag.own\n', 11, 9],
    ['folded', '      expression: >-\n\n        image.own\n        && imag.own\n', 12, 12],
  ])('names line and column of a mistake when it is written %s', (_, rule, line, column) => {
    const parsed = parse(rule);
    expect(parsed).toMatchObject({
      ok: false,
      problems: [{ code: 'expressionInvalid', line, column }],
    });
  });

  it('says where in the expression the mistake is, for places that cannot be told in the text', () => {
    expect(
      parse('      expression: image.own && imag.tag == "a"'),
    ).toMatchObject({
      problems: [
        {
          message:
            'there is no fact "imag". Did you mean "image"? (at character 14 of 28)',
          path: 'spec.rules[0].expression',
        },
      ],
    });
    expect(
      parse(`      expression: ${JSON.stringify('a'.repeat(3000))}`),
    ).toMatchObject({
      problems: [
        {
          code: 'expressionTooLarge',
          message: 'expected at most 2048 characters, got 3000',
        },
      ],
    });
  });
});
