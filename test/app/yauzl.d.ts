/** As much of yauzl's promise interface as the tests read archives with. */
declare module 'yauzl' {
  export interface Entry {
    readonly fileName: string;
  }
  export interface Archive {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<AsyncIterable<Buffer>>;
  }
  export function fromBufferPromise(buffer: Buffer): Promise<Archive>;
}
