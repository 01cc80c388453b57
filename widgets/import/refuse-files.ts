/** Whether files are being dragged, and not a text or a note. */
export const bringsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Files that nothing in an element takes are refused: the browser would leave the page and open them. */
export function refuseFiles(element: HTMLElement): void {
  element.addEventListener('dragover', (event) => {
    if (event.defaultPrevented || !bringsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  });
  element.addEventListener('drop', (event) => bringsFiles(event) && event.preventDefault());
}
