import { backstageCli, fromRoot } from '../paths.mjs';
import { runToEnd } from '../process.mjs';

/** `dev`: app with hot reload on port 3000 and backend with restart on port 7007. */
export async function run(args) {
  const { code } = await runToEnd(
    process.execPath,
    [backstageCli, 'repo', 'start', ...args],
    { cwd: fromRoot(), env: { ...process.env, NODE_ENV: 'development' } },
  );
  return code;
}
