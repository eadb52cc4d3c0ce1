import { readExpression } from './readExpression';

function problemsOf(source: string): string[] {
  const read = readExpression({
    source,
    overdueThresholds: [{ severity: 'high' }],
  });
  return read.ok
    ? []
    : read.problems.map(
        ({ code, message, offset }) => `${code} ${offset ?? '-'} ${message}`,
      );
}

describe('readExpression', () => {
  // prettier-ignore
  it.each([
    'image.tag != "latest"',
    'image["tag"] != "latest"',
    'has(image.digest) && image.digest.startsWith("sha256:")',
    'signature.status == "verified" && "cosign" in signature.schemes',
    'signature.status in ["verified", "unsigned"]',
    'size(signature.signers) <= 1 || signature.signers.size() > 5',
    'provenance.level >= 2 && provenance.source.matches("^https://github.com/acme/")',
    'scan.fixable.critical == 0 && scan.overdue.high == 0',
    'scan.ageHours < 24.5',
    'vulnerabilities.all(v, v.severity != "critical" || has(v.fixed))',
    'vulnerabilities.filter(v, has(v.score) && v.score >= 9.0).map(v, v.id).size() < 3',
    'vulnerabilities.map(v, has(v.fixed), v.package).exists(p, p == "openssl")',
    'vulnerabilities.exists_one(v, v.id == "CVE-2026-1") || vulnerabilities.existsOne(v, v.id == "CVE-2026-2")',
    'vulnerabilities.all(v, image.repository.split("/").exists(part, part == v.package))',
    'now - signature.signedAt < duration("720h")',
    'now > timestamp("2026-01-01T00:00:00Z") && now.getDayOfWeek("Europe/Berlin") != 0',
    'now + duration("1h") > now && -provenance.level < 0',
    '{"a": 1}["a"] == 1 && {"a": {"b": 1}}.a.b == 1',
    'type(provenance.level) == int && [1, 2][0] == 1',
    'entity.all(key, key != "owner")',
    '(image.own ? "a" : "b") == "a" && !image.started',
    '[] == [] && dyn(1) == 1 && string(1) + "x" == "1x"',
    'dyn(image).tag == "x" && dyn(image).tag.size() > 0 && dyn([1]).all(x, x == 1) && dyn([1])[0] == 1 && 1 in dyn([1])',
    '// the tag ((((((((((((((((((((((((((((((((((((((((((\nimage.tag != "(((((((((((((((((((((((((((((((((((((((("',
    'image.tag',
  ])('accepts %s', source => {
    expect(problemsOf(source)).toEqual([]);
  });

  // prettier-ignore
  it.each([
    ['image.tag !=', 'expressionInvalid 10 found ! but expecting end of input'],
    ['', 'expressionInvalid 0 '],
    ['imag.tag == "x"', 'expressionInvalid 0 there is no fact "imag". Did you mean "image"?'],
    ['image.tga == "x"', 'expressionInvalid 5 there is no field "tga" here. Did you mean "tag"?'],
    ['image["tga"] == "x"', 'expressionInvalid 6 there is no field "tga" here. Did you mean "tag"?'],
    ['has(image.tga)', 'expressionInvalid 9 there is no field "tga" here.'],
    ['image.constructor == "x"', 'expressionInvalid 5 there is no field "constructor" here.'],
    ['image.tag.name == "x"', 'expressionInvalid 9 a text has no field "name"'],
    ['vulnerabilities.severity == "high"', 'expressionInvalid 15 a list has no field "severity"; all(), exists() and filter() look in'],
    ['vulnerabilities.all(v, v.sevrity == "high")', 'expressionInvalid 24 there is no field "sevrity" here. Did you mean "severity"?'],
    ['vulnerabilities.filter(v, true).map(w, w.idd).size() == 0', 'expressionInvalid 40 there is no field "idd" here.'],
    ['signature.status == "verifed"', 'expressionInvalid 20 expected one of "verified", "untrustedSigner", "invalid", "expired", "unsigned", "unavailable", got "verifed". Did you mean "verified"?'],
    ['"verifed" != signature.status', 'expressionInvalid 0 expected one of'],
    ['signature.status in ["verified", "unsinged"]', 'expressionInvalid 33 expected one of'],
    ['"cosing" in signature.schemes', 'expressionInvalid 0 expected one of "cosign"'],
    ['scan.reason == "scanStle"', 'expressionInvalid 15 expected a reason code, got "scanStle". Did you mean "scanStale"?'],
    ['provenance.level == "2"', 'expressionInvalid 20 expected a whole number, got a text'],
    ['image.tag != null', 'expressionInvalid 13 no fact is null; has(…) tells whether it is there'],
    ['image.tag < 3', 'expressionInvalid 12 expected a text, got a whole number'],
    ['signature.signers < 3', 'expressionInvalid 9 expected something that has an order, got a list'],
    ['image.tag && true', 'expressionInvalid 5 expected a condition, got a text'],
    ['!scan.total', 'expressionInvalid 5 expected a condition, got a whole number'],
    ['image.tag ? true : false', 'expressionInvalid 5 expected a condition, got a text'],
    ['vulnerabilities.all(v, v.id)', 'expressionInvalid 24 expected a condition, got a text'],
    ['vulnerabilities.map(v, v.id, v.id).size() == 0', 'expressionInvalid 24 expected a condition, got a text'],
    ['scan.ageHours + 1.5 < 24', 'expressionInvalid 16 expected two values of one type, got a whole number and a number with fractions; int(), double() and string() convert'],
    ['image.tag[0] == "x"', 'expressionInvalid 5 expected a list or a map, got a text'],
    ['signature.signers["a"] == "x"', 'expressionInvalid 18 expected a number, got a text'],
    ['"a" in image.tag', 'expressionInvalid 12 expected a list after "in", got a text'],
    ['image.tag.all(x, true)', 'expressionInvalid 5 expected a list, got a text'],
    ['signature.signers.all(image, true)', 'expressionInvalid 17 expected a new name, got "image", which is taken'],
    ['signature.signers.all(x, y, true)', 'expressionInvalid 17 expected all with a variable and 1 argument after it, got 3 argument(s)'],
    ['signature.signers.map(x)', 'expressionInvalid 17 expected map with a variable and 1 or 2 arguments after it, got 1 argument(s)'],
    ['has(image)', 'expressionInvalid 0 expected a field of a fact, for instance has(image.digest)'],
    ['hass(image.tag)', 'expressionInvalid 0 there is no function "hass". Did you mean "has"?'],
    ['startsWith(image.tag, "v")', 'expressionInvalid 0 there is no function "startsWith". It is called on a value: value.startsWith(…).'],
    ['image.tag.startWith("v")', 'expressionInvalid 9 there is no method "startWith". Did you mean "startsWith"?'],
    ['image.tag.replace("a", "b") == "x"', 'expressionInvalid 9 there is no method "replace".'],
    ['image.tag.toString() == "x"', 'expressionInvalid 9 there is no method "toString".'],
    ['constructor("x")', 'expressionInvalid 0 there is no function "constructor".'],
    ['image.tag.startsWith("v", "w")', 'expressionInvalid 9 expected startsWith with 1 argument, got 2'],
    ['size() == 0', 'expressionInvalid 0 expected size with 1 argument, got 0'],
    ['scan.total.startsWith("v")', 'expressionInvalid 10 a whole number has no method "startsWith"'],
    ['image.tag.matches("(")', 'expressionInvalid 18 "(" cannot be used with matches: '],
    ['now - duration("1 day") > now', 'expressionInvalid 15 "1 day" cannot be used with duration: '],
    ['now > timestamp("yesterday")', 'expressionInvalid 16 "yesterday" cannot be used with timestamp: '],
    ['Image{tag: "x"} == image', 'expressionInvalid 0 expected a value, got "Image{…}"'],
    ['image.?tag == "x"', 'expressionInvalid 5 '],
    ['scan.overdue.medium == 0', 'expressionInvalid - "scan.overdue.medium" needs a rule "no-fixable-vulnerability" in the same policy'],
  ])('refuses %s', (source, problem) => {
    expect(problemsOf(source)[0]).toEqual(expect.stringContaining(problem));
  });

  // prettier-ignore
  it.each([
    ['three loops inside each other', 'vulnerabilities.all(a, vulnerabilities.all(b, vulnerabilities.all(c, true)))', '61 expected at most 2 loops inside each other'],
    ['more than 2,048 characters', `image.tag == "${'a'.repeat(2048)}"`, '- expected at most 2048 characters, got 2063'],
    ['33 brackets', `${'('.repeat(33)}true${')'.repeat(33)}`, '32 expected at most 32 levels of nesting'],
    ['brackets that are never closed', '('.repeat(2048), '32 expected at most 32 levels of nesting'],
    ['brackets of every kind', '([{'.repeat(600), '32 expected at most 32 levels of nesting'],
    ['a long sum', `1${' + 1'.repeat(500)} > 0`, '1880 expected at most 32 levels of nesting'],
    ['a long chain of fields', `image${'.tag'.repeat(500)}`, '1873 expected at most 32 levels of nesting'],
    ['a long choice', `${'true ? true : '.repeat(140)}true`, '447 expected at most 32 levels of nesting'],
  ])('refuses %s as too large', (_, source, problem) => {
    expect(problemsOf(source)[0]).toEqual(
      expect.stringContaining(`expressionTooLarge ${problem}`),
    );
  });

  it('names no more than ten mistakes, and none twice', () => {
    const source = Array.from({ length: 20 }, (_, count) => `x${count}`).join(
      ' && ',
    );
    expect(problemsOf(source)).toHaveLength(10);
  });

  it('needs a time limit before anything can be past it', () => {
    const source = 'scan.overdue.critical == 0';
    expect(readExpression({ source, overdueThresholds: [] }).ok).toBe(false);
    expect(
      readExpression({ source, overdueThresholds: [{ severity: 'medium' }] })
        .ok,
    ).toBe(true);
    expect(
      readExpression({
        source: 'scan.overdue == scan.fixable',
        overdueThresholds: [],
      }).ok,
    ).toBe(false);
  });
});
