/** https://cve.mitre.org/cve/identifiers/syntaxchange.html */
const CVE_ID = /^CVE-\d{4}-\d{4,19}$/;

/**
 * Where the National Vulnerability Database describes those of the ids that are CVE ids.
 */
export function nvdLinks(
  ids: readonly string[],
): { id: string; url: string }[] {
  return ids
    .filter(id => CVE_ID.test(id))
    .map(id => ({ id, url: `https://nvd.nist.gov/vuln/detail/${id}` }));
}
