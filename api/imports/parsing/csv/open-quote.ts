/**
 * The line, counted from 1 as an editor does, in which the quotation mark opens that the text ends within. The parser says
 * where it noticed, which is the end of the file.
 */
export async function lineOfOpenQuote(pieces: AsyncIterable<string>, delimiter: string): Promise<number> {
  let line = 1;
  let opened = 1;
  let isQuoted = false;
  let isFieldStart = true;
  for await (const piece of pieces) {
    for (const character of piece) {
      // A doubled mark closes and opens again, in the same line.
      if (character === '"' && (isQuoted || isFieldStart)) {
        isQuoted = !isQuoted;
        if (isQuoted) opened = line;
        isFieldStart = !isQuoted;
      } else if (!isQuoted && character !== '\uFEFF') isFieldStart = character === delimiter || character === '\n' || character === '\r';
      if (character === '\n') line += 1;
    }
  }
  return opened;
}
