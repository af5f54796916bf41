/** Puts text on the clipboard; false when the browser does not allow it. */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

/** What to do when it does not. */
export const copyRefused = 'The browser did not allow copying. Select the text and copy it by hand.';
