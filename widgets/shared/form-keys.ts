/** Control and Enter (on a Mac, Command as well) save a form, Escape gives it up; what is typed in it is no shortcut of the list around it. */
export const formKeys = (save: () => void, giveUp: () => void) => (event: KeyboardEvent): void => {
  event.stopPropagation();
  const saves = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  if (!saves && event.key !== 'Escape') return;
  event.preventDefault();
  if (saves) save();
  else giveUp();
};
