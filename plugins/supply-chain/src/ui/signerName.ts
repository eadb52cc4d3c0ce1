const KEY = /^sha256:([0-9a-f]{8})[0-9a-f]{56}$/;

/** Which workflow of which repository, without host and folder: those are the same for all of them. */
const GITHUB_WORKFLOW =
  /^https:\/\/github\.com\/([^/]+\/[^/]+)\/\.github\/workflows\/([^/@]+@.+)$/;

/**
 * A signer short enough for a row: `key 5415ab8b…` or `acme/web release.yml@refs/tags/v1.4.0`. Other
 * identities stay whole: only where every reader knows what was left out may something be left out.
 */
export function shortSigner(signer: string, keyWord: string): string {
  const key = KEY.exec(signer);
  if (key) {
    return `${keyWord} ${key[1]}…`;
  }
  const workflow = GITHUB_WORKFLOW.exec(signer);
  return workflow ? `${workflow[1]} ${workflow[2]}` : signer;
}
