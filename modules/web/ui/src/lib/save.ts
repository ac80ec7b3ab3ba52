/** Browsers read what is saved some time after they were asked to. */
const saving = 60_000;

/** Gives a file to whoever looks at the page. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), saving);
}
