/**
 * Offers a file for saving.
 */
export function saveFile(options: {
  name: string;
  type: string;
  content: string;
}): void {
  const { name, type, content } = options;
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(address);
}
