/** The beginning of a hash, in groups of four so that two people can compare it aloud: `7f3a 91c2`. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;
}

/** Beginning and end of an evidence head: `b41e 0c77 … 9d52`. */
export function headWords(hash: string): string {
  return `${shortHash(hash)} … ${hash.slice(-4)}`;
}
