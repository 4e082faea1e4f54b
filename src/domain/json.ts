/** What may stand in a plan, a receipt or an evidence line: plain JSON, nothing that loses its meaning when stored. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
