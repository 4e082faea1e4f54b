import type { CaseKind, TenantId } from '#domain/ids';
import type { Policy } from '#domain/policy';
import type { Calendar } from '#engine/ports/calendar';
import type { CheckpointSigner } from '#engine/ports/checkpoint-signer';
import type { Clock } from '#engine/ports/clock';
import type { Exchange } from '#engine/ports/exchange';
import type { Graph } from '#engine/ports/graph';
import type { Random } from '#engine/ports/random';
import type { Rules } from '#engine/ports/rules';
import type { Store } from '#engine/ports/store';
import type { Vault } from '#engine/ports/vault';
import type { Workflow } from '#engine/workflow';

/** What every use case is given: the ports, the rules and the workflows of one tenant. */
export interface Engine {
  readonly tenantId: TenantId;
  readonly store: Store;
  readonly graph: Graph;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly random: Random;
  readonly calendar: Calendar;
  readonly vault: Vault;
  readonly signer: CheckpointSigner;
  /** The rules in force at this moment: read it where it is used, never keep it. */
  readonly policy: Policy;
  readonly rules: Rules;
  readonly workflows: Readonly<Partial<Record<CaseKind, Workflow>>>;
  /** `observe`: plans and reports, applies nothing. */
  readonly observe: boolean;
  /** What an engineer should look into; never the only place where a failure shows. */
  readonly report: (what: string, error: unknown) => void;
}
