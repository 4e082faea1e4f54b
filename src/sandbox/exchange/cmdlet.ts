import type { Tenant } from '#sandbox/tenant/tenant';
import type { Json, JsonObject } from '#sandbox/tenant/world';

export interface Invocation {
  readonly tenant: Tenant;
  /** Parameters under the names that the cmdlet declares. */
  readonly parameters: JsonObject;
  warn(text: string): void;
}

export interface Cmdlet {
  readonly name: string;
  /** What the role of the app lets it pass. */
  readonly parameters: readonly string[];
  run(invocation: Invocation): readonly JsonObject[];
}

/** An error of a cmdlet: Exchange puts exception name and text into the answer's details. */
export class CmdletFailure extends Error {
  readonly status: number;
  readonly exception: string;
  /** The cmdlet or parameter that the sandbox does not have, when that is why. */
  readonly unserved: string | undefined;
  constructor(status: number, exception: string, message: string, unserved?: string) {
    super(message);
    this.status = status;
    this.exception = exception;
    this.unserved = unserved;
  }
}

export const taskFailure = (message: string): CmdletFailure =>
  new CmdletFailure(400, 'Microsoft.Exchange.Configuration.Tasks.RecipientTaskException', message);

export const objectNotFound = (identity: string): CmdletFailure =>
  new CmdletFailure(
    404,
    'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException',
    `The operation couldn't be performed because object '${identity}' couldn't be found on 'LO4P265A04DC001.GBRP265A004.PROD.OUTLOOK.COM'.`,
  );

/** A text parameter that the cmdlet cannot do without. */
export function required(invocation: Invocation, name: string): string {
  const value = invocation.parameters[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new CmdletFailure(
    400,
    'System.Management.Automation.ParameterBindingException',
    `Cannot process command because of one or more missing mandatory parameters: ${name}.`,
  );
}

export function optional(invocation: Invocation, name: string): string | undefined {
  const value = invocation.parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A multi-valued parameter: one value or a list. */
export function several(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

export const isSet = (invocation: Invocation, name: string): boolean => invocation.parameters[name] === true;
