/** What a button carries: ids and hashes, strings only, in one nested object so that no input's id can collide with it. */
export interface CardData {
  readonly latchkey: Readonly<Record<string, string>>;
}

export interface ButtonData {
  /** For Action.Execute. */
  readonly data: CardData;
  /** For Action.Submit, to which older clients fall back: there the verb travels inside the data. */
  readonly submit: CardData & { readonly verb: string };
}

export function buttonData(verb: string, ids: Readonly<Record<string, string | undefined>>): ButtonData {
  const given = Object.entries(ids).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const latchkey = Object.fromEntries(given);
  return { data: { latchkey }, submit: { verb, latchkey } };
}
