/**
 * The names of a pasted list, one a line; of a row copied from a spreadsheet the first cell that holds something. Empty
 * lines are left out.
 */
export const namesIn = (text: string): string[] =>
  text.split(/\r\n?|\n/u).flatMap((line) => {
    const name = line
      .split('\t')
      .map((cell) => cell.trim())
      .find((cell) => cell !== '');
    return name === undefined ? [] : [name];
  });
