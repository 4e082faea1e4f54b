import type { CaseId, TenantId } from '#domain/ids';
import type { Json } from '#domain/json';

/** Personal fields of one evidence row: what stands in the chain, and what stands beside it. */
export interface Sealed {
  /** Keyed commitment (hex); goes into the chained line. */
  readonly commitment: string;
  /** Authenticated ciphertext (base64); kept beside the chain, unreadable once the person's key is destroyed. */
  readonly box: string;
}

/** Seals personal fields per case and person. */
export interface Vault {
  seal(tenantId: TenantId, caseId: CaseId, personId: string, fields: Json): Promise<Sealed>;
  /** `undefined` once the key was destroyed. */
  open(tenantId: TenantId, caseId: CaseId, personId: string, sealed: Sealed): Promise<Json | undefined>;
  /** Destroys the key: the fields are gone for good, the chain stays whole. */
  erase(tenantId: TenantId, caseId: CaseId, personId: string): Promise<void>;
}
