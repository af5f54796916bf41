import type { PurgeReceipt } from '../../contract/models/purge.ts';

const number = new Intl.NumberFormat('en-GB');
const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${number.format(count)} ${count === 1 ? noun : plural}`;
const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

const longestLine = 100;

/** A sentence over several lines, for a page that is printed. */
const wrapped = (sentence: string): string[] => {
  const lines: string[] = [];
  let line = '- ';
  for (const word of sentence.split(' ')) {
    if (line.length + word.length > longestLine) {
      lines.push(line.trimEnd());
      line = '  ';
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
};

/** The receipt as a page of text: what went, when, what stays, and what lies outside. Nothing in it points to the person. */
export const receiptText = (receipt: PurgeReceipt): string => {
  const width = Math.max(...receipt.tables.map(({ holds }) => holds.length), 0);
  const rows = receipt.tables.map(({ table, holds, deleted, changed }) => {
    const what = [
      deleted > 0 ? `${counted(deleted, 'row')} deleted` : '',
      changed > 0 ? `${counted(changed, 'row')} about others changed` : '',
    ];
    return `  ${holds.padEnd(width)}  ${what.filter((text) => text !== '').join(', ')} (${table})`;
  });
  const { collections } = receipt;
  const lines = [
    'Receipt of a purge (data-protection request)',
    '',
    `Receipt:     ${receipt.id}`,
    `History of:  ${receipt.connection}`,
    `Rows gone:   ${moment(receipt.at)}`,
    `Finished:    ${
      receipt.finishedAt === null
        ? 'not yet: free parts of the file may still hold text of deleted rows'
        : `${moment(receipt.finishedAt)} (full-text indices, free pages and write-ahead log cleared)`
    }`,
    ...receipt.repeatedAt.map((at) => `Done again:  ${moment(at)}`),
    ...(receipt.liftedAt === null ? [] : [`Lifted:      ${moment(receipt.liftedAt)}`]),
    collections === null
      ? 'Collections: none held the person in its lists'
      : `Collections: ${counted(collections.runs, 'run')}, from run ${collections.first} to run ${collections.last}`,
    '',
    'What went',
    ...rows,
    ...(receipt.queries > 0 ? [`  ${counted(receipt.queries, 'saved query', 'saved queries')} deleted`] : []),
    ...(receipt.reports > 0 ? [`  ${counted(receipt.reports, 'saved report')} deleted`] : []),
    '',
    'How',
    ...wrapped(
      `Looked for ${counted(receipt.soughtIds, 'id')} and ${counted(receipt.soughtTexts, 'address, user name or name', 'addresses, user names and names')} in every table of the history.`,
    ),
    ...(receipt.keptShared > 0
      ? wrapped(
          `${counted(receipt.keptShared, 'text is', 'texts are')} also what somebody else is called, and so not taken out of rows about others.`,
        )
      : []),
    ...(receipt.keptShort > 0
      ? wrapped(
          `${counted(receipt.keptShort, 'text is', 'texts are')} too short to be told from other words, and so not taken out of sentences about others.`,
        )
      : []),
    ...wrapped(`${counted(receipt.hashes, 'keyed hash stays', 'keyed hashes stay')} (key ${receipt.keyId}).`),
    '',
    'What to know',
    ...receipt.notes.flatMap(wrapped),
  ];
  return `${lines.join('\n')}\n`;
};
