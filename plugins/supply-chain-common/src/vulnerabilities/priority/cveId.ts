/** https://www.cve.org/ResourcesSupport/Glossary#glossaryCVEID; no year has had more than eight digits. */
const FORM = /^CVE-(\d{4})-(\d{4,8})$/;

/** Whether a value is the id of a CVE in its one form. */
export function isCveId(value: unknown): value is string {
  return typeof value === 'string' && FORM.test(value);
}

/** The id as a number, which takes a fraction of the memory; undefined for anything else. */
export function cveNumberOf(id: string): number | undefined {
  const [, year, number] = FORM.exec(id) ?? [];
  return year === undefined
    ? undefined
    : // The length keeps `0001` and `00001` apart.
      (Number(year) * 10 + number.length) * 1e8 + Number(number);
}
