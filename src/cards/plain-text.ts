const wordBreaks = /[\s\u0085]+/g;
/** Control characters, and the marks with which text can turn the order of what stands beside it. */
const invisible = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** Longest name that is shown in full: Entra allows 256 characters, a phone shows about forty in a line. */
export const nameLength = 80;

/**
 * One line of what somebody typed, for places that show plain text (notification, fallback text, choice, button). `maxLength` counts
 * characters; writing that takes more than two bytes a character is cut earlier, so that a card's size stays in bounds. Text that
 * runs from right to left is isolated, so that it cannot turn the words around it.
 */
export function plainText(text: string, maxLength: number = nameLength): string {
  const line = text.replace(wordBreaks, ' ').replace(invisible, '').trim();
  const cut = cutLine(line, maxLength);
  return rightToLeft.test(cut) ? `\u2068${cut}\u2069` : cut;
}

function cutLine(line: string, maxLength: number): string {
  const characters = [...line];
  if (characters.length <= maxLength && Buffer.byteLength(line) <= maxLength * 2) return line;
  let bytes = 0;
  const kept = characters.slice(0, maxLength - 1).filter((character) => {
    bytes += Buffer.byteLength(character);
    return bytes <= maxLength * 2 - 3;
  });
  return `${kept.join('')}…`;
}
