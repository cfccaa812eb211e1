import { InputError } from './input-error';

/** Bytes of a file. JavaScript has no text of more than about 512 MB. */
export const MOST_BYTES = 400_000_000;

/** Levels of objects and lists. Terraform has two for each module in a module, and few more. */
const MOST_LEVELS = 500;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\[]{}'].map((character) => character.charCodeAt(0));

/** Refuses JSON that nests too deep to be read level by level. The text is not parsed: whether it is JSON is not checked. */
export function checkSize(json: string): void {
  if (!/^\s*[[{]/.test(json)) return;
  let levels = 0;
  for (let i = 0; i < json.length; i++) {
    const character = json.charCodeAt(i);
    if (character === QUOTE) {
      i = endOfString(json, i);
    } else if (character === OPEN_LIST || character === OPEN_OBJECT) {
      levels++;
      if (levels > MOST_LEVELS) throw new InputError(`nests deeper than ${MOST_LEVELS} levels, which is more than this command reads: split it`);
    } else if (character === CLOSE_LIST || character === CLOSE_OBJECT) {
      levels--;
    }
  }
}

function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (json.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return json.length;
}

/** Reads a stream to its end. */
export async function all(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > MOST_BYTES) throw tooLarge();
  }
  return Buffer.concat(chunks);
}

export function tooLarge(): InputError {
  return new InputError(`is larger than ${MOST_BYTES / 1_000_000} MB, which is more than this command reads: split it`);
}
