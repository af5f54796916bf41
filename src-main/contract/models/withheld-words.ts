/** How many people a purge keeps out, as a part of a sentence: "2 people are withheld by data-protection purges". */
export const withheldWords = (people: number): string =>
  people === 1
    ? '1 person is withheld by a data-protection purge'
    : `${people} people are withheld by data-protection purges`;
