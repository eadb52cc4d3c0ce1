/**
 * A controller that aborts with its parent. `unlink` frees the parent from remembering it: a parent that lives as
 * long as the process would otherwise keep every child.
 *
 * @public
 */
export function linkedAbort(parent: AbortSignal): {
  controller: AbortController;
  unlink: () => void;
} {
  const controller = new AbortController();
  const abort = () => controller.abort(parent.reason);
  if (parent.aborted) {
    abort();
  }
  parent.addEventListener('abort', abort);
  return {
    controller,
    unlink: () => parent.removeEventListener('abort', abort),
  };
}
