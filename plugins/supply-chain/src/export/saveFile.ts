/**
 * Offers a file for saving.
 */
export function saveFile(options: { name: string; content: Blob }): void {
  const { name, content } = options;
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(address);
}
